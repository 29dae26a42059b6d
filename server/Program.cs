using Support.Server.Commands;
using Support.Server.Desk;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

Screen.Prepare();
string[] rest = args is [_, .. var tail] ? tail : [];
try
{
    return args.FirstOrDefault() switch
    {
        "serve" => await DeskHost.RunAsync(rest),
        "up" => await Up.RunAsync(rest),
        "ingest" => await Ingest.RunAsync(rest),
        "ask" => await Ask.RunAsync(rest),
        "replay" => await Replay.RunAsync(rest),
        "backup" => await Backup.MakeAsync(rest),
        "restore" => await Backup.RestoreAsync(rest),
        "knowledge" => await Knowledge.RunAsync(rest),
        var verb => throw new UsageException($"Support.Server has no verb {verb ?? "(none was given)"}. It has: serve, up, ingest, ask, replay, backup, restore, knowledge."),
    };
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e) when (e is UpException or PrivateDatabaseException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    // Ctrl-C in a verb that was under way.
    return 130;
}
