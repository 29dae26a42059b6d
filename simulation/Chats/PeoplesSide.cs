using System.Globalization;
using System.Security.Cryptography;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>What people do in their Telegram apps. Called under the world's gate.</summary>
internal sealed class PeoplesSide(World world, Rooms rooms, Postings postings, Memberships memberships, UpdateFeed feed)
{
    public Message Write(UserMessage written)
    {
        var text = EntityDetector.Detect(new FormattedText(written.Text, []).Trim());
        if (text.Text.Length is < 1 or > TextRules.LongestText)
            throw Refusal.BadRequest($"a message has 1 to {TextRules.LongestText} characters, not {text.Text.Length}");
        var room = rooms.Open(written.Chat, written.From, written.Bot);
        var person = Enter(room, written.From, written.LanguageCode, written.Bot);
        if (written.Edit is { } edit)
            return Edit(room, person, edit, text);
        var draft = Draft(room, person, written.Thread, written.ReplyTo);
        return Post(room, draft with { Text = text.Text, Entities = text.EntitiesOrNull });
    }

    public Message SendFile(UserFile sent, StoredFile file)
    {
        var caption = EntityDetector.Detect(new FormattedText(sent.Caption ?? "", []).Trim());
        if (caption.Text.Length > TextRules.LongestCaption)
            throw Refusal.BadRequest($"a caption has at most {TextRules.LongestCaption} characters, not {caption.Text.Length}");
        var room = rooms.Open(sent.Chat, sent.From, sent.Bot);
        var draft = Draft(room, Enter(room, sent.From, null, sent.Bot), sent.Thread, sent.ReplyTo);
        return Post(room, Support.Simulation.SendFile.WithFile(draft, file) with
        {
            Caption = caption.Text.Length == 0 ? null : caption.Text,
            CaptionEntities = caption.EntitiesOrNull,
            MediaGroupId = sent.Album,
        });
    }

    public PressedButton Press(ButtonPress press)
    {
        Rooms.CheckIsPersons(press.Chat, press.From);
        var room = rooms.Existing(press.Chat, press.Bot);
        var message = room.Messages.Find(press.MessageId) ?? throw Refusal.BadRequest($"there is no message {press.MessageId} in chat {press.Chat}");
        var buttons = message.ReplyMarkup?.InlineKeyboard.SelectMany(row => row) ?? [];
        if (!buttons.Any(button => button.CallbackData == press.Data))
            throw Refusal.BadRequest($"message {press.MessageId} has no button with this data");
        var bot = rooms.Bot(message.From!.Id);
        if (room.Bots.GetValueOrDefault(bot.Id) is not { IsPresent: true })
            throw Refusal.BadRequest($"bot {bot.Id} is not in chat {press.Chat}, or is blocked there");
        var person = rooms.Person(room, press.From);
        var pressed = new PressedButton(NewCallbackId(), bot.Id, press.Chat, person.Id, press.MessageId, press.Data, world.Now.ToUnixTimeMilliseconds());
        world.Commit(new JournalEntry { Callback = pressed });
        feed.Emit(bot, number => new Update(number)
        {
            CallbackQuery = new CallbackQuery(pressed.Id, person, ChatInstance(room)) { Message = message, Data = press.Data },
        });
        return pressed;
    }

    private User Enter(Room room, SimulatedUser from, string? language, long? bot)
    {
        var person = rooms.Person(room, from, language);
        if (room.IsPrivate)
            memberships.Start(room, rooms.Bot(bot), person);
        return person;
    }

    private Message Edit(Room room, User person, long id, FormattedText text)
    {
        var message = room.Messages.Find(id) ?? throw Refusal.BadRequest($"there is no message {id} in chat {room.Key.Chat}");
        if (message.From?.Id != person.Id)
            throw Refusal.BadRequest($"message {id} was written by {message.From?.Id}, so {person.Id} cannot edit it");
        var edited = message with { EditDate = world.Now.ToUnixTimeSeconds() };
        edited = message.Text is null
            ? edited with { Caption = text.Text, CaptionEntities = text.EntitiesOrNull }
            : edited with { Text = text.Text, Entities = text.EntitiesOrNull };
        postings.Replace(room, edited);
        postings.Announce(room, edited);
        return edited;
    }

    private static Message Draft(Room room, User person, long? thread, long? replyTo)
    {
        if (thread is { } id && !room.Topics.ContainsKey(id))
            throw Refusal.BadRequest($"there is no topic {id} in chat {room.Key.Chat}");
        var target = replyTo is { } reply
            ? room.Messages.Find(reply) ?? throw Refusal.BadRequest($"there is no message {reply} in chat {room.Key.Chat} to reply to")
            // In a topic every message that answers no other is a reply to the topic's first, the service message.
            : thread is { } topic ? room.Messages.Find(topic) : null;
        var inThread = thread ?? (target?.IsTopicMessage is true ? target.MessageThreadId : null);
        return new Message(0, 0, room.Chat)
        {
            From = person,
            ReplyToMessage = target is null ? null : target with { ReplyToMessage = null },
            MessageThreadId = inThread,
            IsTopicMessage = inThread is null ? null : true,
        };
    }

    private Message Post(Room room, Message draft)
    {
        var message = postings.Add(room, draft);
        postings.Announce(room, message);
        return message;
    }

    private static string NewCallbackId() =>
        ((ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue) << 32 | (uint)RandomNumberGenerator.GetInt32(int.MaxValue)).ToString(CultureInfo.InvariantCulture);

    private static string ChatInstance(Room room) => unchecked(room.Key.Chat * 7_919 + room.Key.Bot).ToString(CultureInfo.InvariantCulture);
}
