using Support.Retrieval.Dense;

namespace Support.Bench.Speed.Vectors;

/// <summary>
/// Vectors as embedding models give them for a company's documents: they lie together by subject, share a direction, and have some dimensions that vary much more
/// than others. Seeded. A question is near one of the chunks, as its answer would be.
/// </summary>
internal sealed class ClusteredVectors(int length)
{
    private const int Seed = 20_261_126;
    private const int ChunksOfSubject = 50;

    // Standard deviations, each over all dimensions together: the direction all share, a subject, a chunk within it, a question beside its chunk.
    private const double Shared = 1.0;
    private const double Subject = .7;
    private const double Chunk = .45;
    private const double Question = .4;

    private readonly Random _random = new(Seed);

    /// <summary>Unit vectors, in no order of subjects.</summary>
    public (List<float[]> Chunks, List<float[]> Questions) Make(int chunks, int questions)
    {
        // From 2 down to a tenth of it, as the spectrum of such models falls.
        var spread = Enumerable.Range(0, length).Select(i => 2 / (1 + 9.0 * i / length)).ToArray();
        var shared = Noise(spread, Shared);
        var subjects = Enumerable.Range(0, Math.Max(1, chunks / ChunksOfSubject)).Select(_ => Add(shared, Noise(spread, Subject))).ToArray();
        var all = Enumerable.Range(0, chunks).Select(_ => Add(subjects[_random.Next(subjects.Length)], Noise(spread, Chunk))).ToList();
        var asked = Enumerable.Range(0, questions).Select(_ => Add(all[_random.Next(all.Count)], Noise(spread, Question))).ToList();
        return (all.ConvertAll(Unit), asked.ConvertAll(Unit));
    }

    private static float[] Unit(double[] vector) => UnitVector.Of(Array.ConvertAll(vector, number => (float)number));

    private static double[] Add(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];

    private double[] Noise(double[] spread, double deviation) => Array.ConvertAll(spread, width => width * deviation * Gaussian());

    /// <summary>Box and Muller's way.</summary>
    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
