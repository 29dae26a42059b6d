using System.Text;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// Telegram's HTML parse mode, with its messages for what it refuses. After parse_html of tdlib
/// (https://github.com/tdlib/td/blob/master/td/telegram/MessageEntity.cpp), written anew; tg-emoji and tg-time are left out.
/// </summary>
internal sealed class HtmlMode
{
    private readonly string _html;
    private readonly StringBuilder _text;
    private readonly List<MessageEntity> _entities = [];
    private readonly Stack<OpenTag> _open = new();
    private int _at;

    private HtmlMode(string html)
    {
        _html = html;
        _text = new StringBuilder(html.Length);
    }

    private sealed record OpenTag(string Name, string Argument, int Offset);

    public static FormattedText Parse(string html) => new HtmlMode(html).Parse();

    private FormattedText Parse()
    {
        while (_at < _html.Length)
        {
            if (_html[_at] == '<')
                ReadTag();
            else
                ReadCharacter(_text);
        }
        if (_open.TryPeek(out var unclosed))
            throw Unparsable($"Can't find end tag corresponding to start tag \"{unclosed.Name}\"");
        return new FormattedText(_text.ToString(), Sorted());
    }

    private void ReadCharacter(StringBuilder into)
    {
        if (_html[_at] == '&' && CharacterReference.TryRead(_html, _at, out var character, out var length))
        {
            into.Append(character);
            _at += length;
        }
        else
        {
            into.Append(_html[_at++]);
        }
    }

    private void ReadTag()
    {
        var begin = _at++;
        if (Current == '/')
            ReadEndTag(begin);
        else
            ReadStartTag(begin);
    }

    private void ReadStartTag(int begin)
    {
        var name = ReadUntil(c => char.IsWhiteSpace(c) || c == '>').ToLowerInvariant();
        if (Current is null)
            throw Unparsable($"Unclosed start tag at byte offset {ByteOffset(begin)}");
        if (!IsSupported(name))
            throw Unparsable($"Unsupported start tag \"{name}\" at byte offset {ByteOffset(begin)}");
        var argument = ReadAttributes(name, begin);
        if (name == "span" && argument != "tg-spoiler")
            throw Unparsable($"Tag \"span\" must have class \"tg-spoiler\" at byte offset {ByteOffset(begin)}");
        _open.Push(new OpenTag(name, argument, _text.Length));
    }

    private string ReadAttributes(string tag, int begin)
    {
        var argument = "";
        while (true)
        {
            SkipWhiteSpace();
            if (Current == '>')
            {
                _at++;
                return argument;
            }
            var attributeBegin = _at;
            var name = ReadUntil(c => char.IsWhiteSpace(c) || c is '=' or '>').ToLowerInvariant();
            if (name.Length == 0 && Current is not null)
                throw Unparsable($"Empty attribute name in the tag \"{tag}\" at byte offset {ByteOffset(attributeBegin)}");
            SkipWhiteSpace();
            var value = "";
            if (Current == '=')
            {
                _at++;
                SkipWhiteSpace();
                value = ReadAttributeValue();
            }
            if (Current is null)
                throw Unparsable($"Unclosed start tag \"{tag}\" at byte offset {ByteOffset(begin)}");
            argument = (tag, name) switch
            {
                ("a", "href") => value,
                ("code", "class") when value.StartsWith("language-", StringComparison.Ordinal) => value["language-".Length..],
                ("span", "class") => value,
                ("blockquote", "expandable") => "expandable",
                _ => argument,
            };
        }
    }

    private string ReadAttributeValue()
    {
        if (Current is not ('"' or '\''))
        {
            var begin = _at;
            var token = ReadUntil(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'));
            if (Current is { } next && !char.IsWhiteSpace(next) && next != '>')
                throw Unparsable($"Unexpected end of name token at byte offset {ByteOffset(begin)}");
            return token.ToLowerInvariant();
        }
        var quote = _html[_at++];
        var value = new StringBuilder();
        while (Current is { } c && c != quote)
            ReadCharacter(value);
        if (Current is not null)
            _at++;
        return value.ToString();
    }

    private void ReadEndTag(int begin)
    {
        if (!_open.TryPop(out var tag))
            throw Unparsable($"Unexpected end tag at byte offset {ByteOffset(begin)}");
        _at++;
        var name = ReadUntil(c => char.IsWhiteSpace(c) || c == '>').ToLowerInvariant();
        SkipWhiteSpace();
        if (Current != '>')
            throw Unparsable($"Unclosed end tag at byte offset {ByteOffset(begin)}");
        _at++;
        if (name.Length > 0 && name != tag.Name)
            throw Unparsable($"Unmatched end tag at byte offset {ByteOffset(begin)}, expected \"</{tag.Name}>\", found \"</{name}>\"");
        if (_text.Length > tag.Offset)
            Add(tag);
    }

    private void Add(OpenTag tag)
    {
        var (offset, length) = (tag.Offset, _text.Length - tag.Offset);
        switch (tag.Name)
        {
            case "a":
                if (Link(tag, offset, length) is { } link)
                    _entities.Add(link);
                break;
            // <pre><code class="language-x"> is one entity, in whichever order the two are nested.
            case "pre" when LastCovers("code", offset, length) is { Language: not null } code:
                _entities[^1] = code with { Type = "pre" };
                break;
            case "code" when LastCovers("pre", offset, length) is { } pre:
                _entities[^1] = pre with { Language = tag.Argument.Length > 0 ? tag.Argument : pre.Language };
                break;
            case "code":
                _entities.Add(new MessageEntity("code", offset, length) { Language = tag.Argument.Length > 0 ? tag.Argument : null });
                break;
            case "blockquote" when tag.Argument.Length > 0:
                _entities.Add(new MessageEntity("expandable_blockquote", offset, length));
                break;
            default:
                _entities.Add(new MessageEntity(EntityType(tag.Name), offset, length));
                break;
        }
    }

    private MessageEntity? Link(OpenTag tag, int offset, int length)
    {
        var url = tag.Argument.Length > 0 ? tag.Argument : _text.ToString(offset, length);
        if (url.StartsWith("tg://user?id=", StringComparison.Ordinal) && long.TryParse(url.AsSpan("tg://user?id=".Length), out var user))
            return new MessageEntity("text_mention", offset, length) { User = new User(user, false, _text.ToString(offset, length)) };
        // Telegram drops a link it cannot read and keeps the words.
        return LinkAddress.TryRead(url, out var address, out _) ? new MessageEntity("text_link", offset, length) { Url = address } : null;
    }

    private MessageEntity? LastCovers(string type, int offset, int length) =>
        _entities.Count > 0 && _entities[^1] is var last && last.Type == type && last.Offset == offset && last.Length == length ? last : null;

    /// <summary>In the order of the text, the outer before the inner; nothing can stand inside code.</summary>
    private List<MessageEntity> Sorted()
    {
        if (_entities.Count == 0)
            return _entities;
        var code = _entities.Where(entity => entity.Type is "code" or "pre").ToList();
        return
        [
            .. _entities
                .Where(entity => !code.Exists(block => !ReferenceEquals(block, entity) && block.Offset <= entity.Offset && block.Offset + block.Length >= entity.Offset + entity.Length))
                .Select(entity => entity.Type == "code" ? entity with { Language = null } : entity)
                .OrderBy(entity => entity.Offset)
                .ThenByDescending(entity => entity.Length),
        ];
    }

    private static bool IsSupported(string tag) => tag is "blockquote" or "pre" || EntityType(tag) != tag || tag is "a" or "code";

    private static string EntityType(string tag) => tag switch
    {
        "b" or "strong" => "bold",
        "i" or "em" => "italic",
        "u" or "ins" => "underline",
        "s" or "strike" or "del" => "strikethrough",
        "tg-spoiler" or "span" => "spoiler",
        _ => tag,
    };

    private char? Current => _at < _html.Length ? _html[_at] : null;

    private string ReadUntil(Func<char, bool> isEnd)
    {
        var begin = _at;
        while (_at < _html.Length && !isEnd(_html[_at]))
            _at++;
        return _html[begin.._at];
    }

    private void SkipWhiteSpace()
    {
        while (_at < _html.Length && char.IsWhiteSpace(_html[_at]))
            _at++;
    }

    private int ByteOffset(int index) => Encoding.UTF8.GetByteCount(_html.AsSpan(0, index));

    private static Refusal Unparsable(string what) => Refusal.BadRequest("can't parse entities: " + what);
}
