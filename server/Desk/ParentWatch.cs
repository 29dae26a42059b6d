namespace Support.Server.Desk;

/// <summary>Ends the desk when the supervisor that started it is gone, even by kill -9: the pipe that is the desk's standard input then ends.</summary>
internal static class ParentWatch
{
    public const string Option = "--watch-stdin";

    /// <summary>Starts watching if asked to; <paramref name="gone"/> is called once, from another thread.</summary>
    public static void Start(string[] args, Action gone)
    {
        if (!args.Contains(Option, StringComparer.Ordinal))
            return;

        var input = Console.OpenStandardInput();
        var watch = new Thread(() =>
        {
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
                // Nothing is said on this pipe; only its end counts.
            }

            gone();
        })
        { IsBackground = true, Name = nameof(ParentWatch) };
        watch.Start();
    }
}
