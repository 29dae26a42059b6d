using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Generation;
using Support.Tenants;

namespace Support.Questions;

/// <summary>Shows answers in private chats while they are written.</summary>
public sealed class ShowWriting(IMessenger messenger, IOptions<GenerationOptions> options, TimeProvider clock, ILogger<AnswerDraft> logger)
{
    /// <returns>Null where nothing is to be seen before the answer: in groups, and where the owner does not want it.</returns>
    public AnswerDraft? Begin(BotId bot, LeasedConversation.Due talk) =>
        talk.InGroup || !options.Value.ShowWriting ? null : new AnswerDraft(messenger, clock, logger, bot, talk.Chat, talk.Thread, talk.NextQuestion);
}
