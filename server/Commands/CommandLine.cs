namespace Support.Server.Commands;

/// <summary>A verb's words were not understood. The message says what it takes.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The words after a verb: <c>--name value</c> pairs, and the rest in order.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    public string? this[string option] => _options.GetValueOrDefault(option);

    public static CommandLine Parse(string verb, string[] args, params string[] options)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            var word = args[i];
            if (word == "--")
            {
                line._words.AddRange(args[(i + 1)..]);
                return line;
            }

            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                line._words.Add(word);
                continue;
            }

            var (name, value) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, null);
            if (!options.Contains(name, StringComparer.Ordinal))
                throw new UsageException($"`{verb}` has no option {name}. It takes: {string.Join(", ", options)}.");
            value ??= ++i < args.Length ? args[i] : throw new UsageException($"`{verb} {name}` wants a value after it.");
            line._options[name] = value;
        }

        return line;
    }
}
