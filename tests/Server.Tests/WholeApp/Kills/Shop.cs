using Support.Simulation;

namespace Support.Tests.WholeApp.Kills;

/// <summary>One of two companies with the same goods in different halls, so that an answer of the other one shows.</summary>
internal sealed record Shop(string Name, string Hall, IReadOnlyList<SimulatedBot> Bots)
{
    public static readonly IReadOnlyList<string> Goods =
        ["lamp", "kettle", "ladder", "mirror", "carpet", "hammer", "blanket", "bicycle", "piano", "basket", "umbrella", "telescope", "candle", "curtain", "shovel", "bucket"];

    public const int BotsEach = 6;

    public static IReadOnlyList<Shop> Two { get; } = [Open(0, "north"), Open(1, "south")];

    public string Guide => "# Goods\n\n" + string.Join("\n\n", Goods.Select(good => $"## Where is the {good}?\n\nThe {good} stands in the {Hall} hall, beside the sign with a {good} on it."));

    private static Shop Open(int number, string hall) => new(
        $"shop-{number}",
        hall,
        [.. Enumerable.Range(0, BotsEach).Select(i => 910_000 + (number * 100) + i).Select(id => new SimulatedBot($"{id}:SIMULATION-0000000000000000000000000000", $"shop_{id}_bot", "Shop"))]);
}
