using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>The HTTP twin of <see cref="SimulatedTelegram"/>'s public members. An error is {"error": "…"} with its status.</summary>
internal sealed class ControlEndpoints(SimulatedTelegram telegram, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder sim)
    {
        Post(sim, "/messages", async context => await Json(context, telegram.Write(await Body(context, SimulationJson.Default.UserMessage)), SimulationJson.Default.Message));
        Post(sim, "/callbacks", async context => await Json(context, telegram.Press(await Body(context, SimulationJson.Default.ButtonPress)), SimulationJson.Default.PressedButton));
        Post(sim, "/files", new FileUpload(telegram).HandleAsync);
        Post(sim, "/faults", async context => await Done(context, telegram.AddFault, SimulationJson.Default.Fault));
        Post(sim, "/members", async context => await Done(context, telegram.SetMember, SimulationJson.Default.MembershipChange));
        Post(sim, "/topics", async context => await Done(context, telegram.ChangeTopic, SimulationJson.Default.TopicChange));
        Post(sim, "/migrations", async context => await Done(context, telegram.Migrate, SimulationJson.Default.Migration));
        Post(sim, "/chats", async context => await Done(context, chat => telegram.AddChat(chat.ToChat()), SimulationJson.Default.NewChat));
        Post(sim, "/bots", async context => await Done(context, bot => telegram.AddBot(new SimulatedBot(bot.Token, bot.Username, bot.FirstName)), SimulationJson.Default.NewBot));
        sim.MapDelete("/faults", Guarded(ClearFaultsAsync));
        Get(sim, "/messages", new ChatReading(telegram, stopping).MessagesAsync);
        Get(sim, "/changes", new ChatReading(telegram, stopping).ChangesAsync);
        Get(sim, "/callbacks/{id}", CallbackAsync);
        Get(sim, "/chats", context => Json(context, telegram.Chats(ControlQuery.Number(context, "bot")), SimulationJson.Default.IReadOnlyListChatSummary));
        Get(sim, "/stats", context => Json(context, telegram.Stats(), SimulationJson.Default.SimulationStats));
    }

    private Task CallbackAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Json(context, telegram.Callback(id) ?? throw new Refusal(404, $"there is no callback query {id}"), SimulationJson.Default.PressedButton);
    }

    private Task ClearFaultsAsync(HttpContext context)
    {
        telegram.ClearFaults();
        return Ok(context);
    }

    private static async Task Done<T>(HttpContext context, Action<T> act, JsonTypeInfo<T> type)
    {
        act(await Body(context, type));
        await Ok(context);
    }

    private static async Task<T> Body<T>(HttpContext context, JsonTypeInfo<T> type) =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw Refusal.BadRequest("the body is null");

    private static Task Ok(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"ok":true}""", context.RequestAborted);
    }

    internal static async Task Json<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(WireJson.Bytes(value, type), context.RequestAborted);
    }

    private static void Post(IEndpointRouteBuilder sim, string path, RequestDelegate handle) => sim.MapPost(path, Guarded(handle));

    private static void Get(IEndpointRouteBuilder sim, string path, RequestDelegate handle) => sim.MapGet(path, Guarded(handle));

    private static RequestDelegate Guarded(RequestDelegate handle) => LocalOnly.Control(async context =>
    {
        try
        {
            await handle(context);
        }
        catch (Refusal refusal)
        {
            await ErrorAsync(context, refusal.Code, refusal.Message);
        }
        catch (BadHttpRequestException e)
        {
            await ErrorAsync(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            await ErrorAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
    });

    private static async Task ErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(WireJson.Bytes(new ControlError(message), SimulationJson.Default.ControlError), context.RequestAborted);
    }
}

internal sealed record ControlError(string Error);
