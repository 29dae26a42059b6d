using System.ClientModel;
using System.Net.Http;
using Azure.Identity;
using Support.Models;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Calls;

/// <summary>What an exception of the SDK or of the network means.</summary>
internal static class FailureReader
{
    public static CallFailedException Read(Exception e, ModelTarget target, DateTimeOffset now) => e switch
    {
        CallFailedException known => known,
        ClientResultException { Status: > 0 } refused when refused.GetRawResponse() is { } response =>
            Refusal.Of(target, refused.Status, Body(response), name => response.Headers.TryGetValue(name, out var value) ? value : null, now),
        ClientResultException { InnerException: { } inner } => Read(inner, target, now),
        AuthenticationFailedException => new CallFailedException(ModelFailure.Misconfigured, $"This machine has no identity that {target.Service} could be asked with ({e.GetType().Name}). Give it one (Support__Models__ClientId for one of several), or set {target.Service.KeySetting}."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } away => Away(target, $"{away.HttpRequestError}"),
        HttpRequestException or IOException => new CallFailedException(ModelFailure.Unavailable, $"The connection to {target} broke.") { MayRepeat = true, IsServiceDown = true, IsBroken = true },
        OperationCanceledException => new CallFailedException(ModelFailure.Unavailable, $"The call of {target} was given up.") { MayRepeat = true },
        // Also what the SDK throws when it meets JSON of another shape; each of its parsers throws something else.
        _ => new CallFailedException(ModelFailure.BadAnswer, $"{target} answered what is not the form of a model service ({e.GetType().Name}). If it always does, look at {target.Service.EndpointSetting}.") { MayRepeat = true },
    };

    public static CallFailedException TimedOut(ModelTarget target, TimeSpan limit) =>
        new(ModelFailure.Unavailable, $"{target} gave no answer in {limit.TotalSeconds:0.#} s.") { MayRepeat = true, IsTimeout = true, IsServiceDown = true };

    private static CallFailedException Away(ModelTarget target, string why) =>
        new(ModelFailure.Unavailable, $"{target.Service} cannot be reached ({why}). Check {target.Service.EndpointSetting}, and that the service runs there.") { MayRepeat = true, IsServiceDown = true };

    private static ReadOnlyMemory<byte> Body(System.ClientModel.Primitives.PipelineResponse response)
    {
        try
        {
            return response.Content.ToMemory();
        }
        catch (InvalidOperationException)
        {
            // Not read to its end, as of a stream.
            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
