namespace Support.Server.Commands;

/// <summary>A verb's words were not understood. The message says what it takes.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The words after a verb: <c>--name value</c> pairs, flags without a value, and the rest in order.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    /// <summary>The option's value; of several the last one.</summary>
    public string? this[string option] => _options.TryGetValue(option, out var values) ? values[^1] : null;

    /// <summary>All values of an option that may be given several times.</summary>
    public IReadOnlyList<string> All(string option) => _options.TryGetValue(option, out var values) ? values : [];

    public bool Has(string flag) => _options.ContainsKey(flag);

    public static CommandLine Parse(string verb, string[] args, params string[] options) => Parse(verb, args, options, []);

    /// <param name="flags">Options that take no value.</param>
    public static CommandLine Parse(string verb, string[] args, string[] options, string[] flags)
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
            var isFlag = flags.Contains(name, StringComparer.Ordinal);
            if (!isFlag && !options.Contains(name, StringComparer.Ordinal))
                throw new UsageException($"`{verb}` has no option {name}. It takes: {string.Join(", ", options.Concat(flags))}.");
            if (isFlag && value is not null)
                throw new UsageException($"`{verb} {name}` takes no value.");
            if (isFlag)
                value = "";
            value ??= ++i < args.Length ? args[i] : throw new UsageException($"`{verb} {name}` wants a value after it.");
            if (!line._options.TryGetValue(name, out var values))
                line._options[name] = values = [];
            values.Add(value);
        }

        return line;
    }
}
