using System.Globalization;

namespace Support.FunctionsHost;

/// <param name="WatchesInput">Whether it ends when its standard input closes, as it does when whoever started it is gone.</param>
internal sealed record CommandLine(string App, int Port, bool WatchesInput)
{
    public const string Usage = "Usage: Support.FunctionsHost --app DIR --port N [--watch-stdin]. The app's settings are the environment, AzureWebJobsStorage among them.";

    /// <exception cref="FunctionsHostException">It cannot be understood.</exception>
    public static CommandLine Parse(string[] words)
    {
        var (app, port, watches) = ((string?)null, 0, false);
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "--app" when i + 1 < words.Length:
                    app = words[++i];
                    break;
                case "--port" when i + 1 < words.Length && int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65_535:
                    i++;
                    break;
                case "--watch-stdin":
                    watches = true;
                    break;
                default:
                    throw new FunctionsHostException($"'{words[i]}' is not understood, or its value is missing. {Usage}");
            }
        }

        return new CommandLine(app ?? throw new FunctionsHostException($"--app is missing. {Usage}"), port, watches);
    }
}
