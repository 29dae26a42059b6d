using Support.FunctionsHost;

try
{
    var line = CommandLine.Parse(args);
    using var signal = new StopSignal(line.WatchesInput);
    var options = new FunctionsHostOptions { AppFolder = line.App, Port = line.Port, Log = said => Console.Error.WriteLine(said) };
    await using var host = await FunctionsHostRun.StartAsync(options, signal.Token);
    Console.WriteLine($"ready {host.BaseUrl}");
    var why = await host.Stopped.WaitAsync(signal.Token);
    Console.Error.WriteLine(why);
    return 1;
}
catch (OperationCanceledException)
{
    // Told to end; the handler is gone already.
    return 0;
}
catch (FunctionsHostException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
