using Support.Questions;
using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/human: a person is called, with what was asked last.</summary>
public sealed class HumanCommand(CallPerson call)
{
    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        await call.InsideAsync(scope, talk, message.CommandArgument, Reasons.CustomerAsked, talk.InGroup ? message.MessageId : null, cancellation);
    }
}
