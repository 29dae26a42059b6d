using Support.Bench.Quality;
using Support.Bench.Quality.Training;
using Support.Bench.Speed;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

switch (args)
{
    case ["eval", .. var rest]:
        return await EvalCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    case ["golden", .. var rest]:
        return await GoldenCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    case ["train-confidence", .. var rest]:
        return await TrainConfidenceCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    case ["agree", .. var rest]:
        return await AgreeCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    case ["guards", .. var rest]:
        return await GuardsCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    case ["bench", .. var rest]:
        return await BenchCommand.RunAsync(rest, Console.Out, Console.Error, stopping.Token);
    default:
        await Console.Error.WriteLineAsync("Give a command: eval, agree, golden, train-confidence, guards, bench.");
        return 2;
}
