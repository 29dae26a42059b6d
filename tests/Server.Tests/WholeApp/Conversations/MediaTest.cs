using System.Text;
using System.Text.Json;
using Support.Simulation;
using Support.Simulation.Models;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>A customer who sends voice messages and pictures.</summary>
public abstract class MediaTest(SeeingDesk one)
{
    private protected static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private protected SimulatedUser Customer { get; } = OneDesk.NewCustomer();

    private protected Desk Desk => one.Desk;

    private protected Memory Memory => one.Memory;

    private protected ScriptedModels Models => one.Models;

    private protected Message Say(string words) => Send(FileKind.Voice, Encoding.UTF8.GetBytes(words), null);

    private protected Message Send(FileKind kind, byte[] bytes, string? caption) =>
        Desk.Telegram.SendFile(new UserFile(Customer.Id, Customer, kind == FileKind.Photo ? "screen.png" : "words.ogg", bytes) { Kind = kind, Caption = caption });

    private protected void See(string text, string question) =>
        Models.Scripts.ForSchema("support_picture", _ => JsonSerializer.Serialize(new { text, question }));

    private protected Task<Message> ReplyToAsync(Message sent) => Desk.ReplyAsync(Customer.Id, sent.MessageId);

    private protected Task<T> OneAsync<T>(string sql) => Memory.OneAsync<T>(sql, Customer);
}
