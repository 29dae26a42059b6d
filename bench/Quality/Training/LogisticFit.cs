namespace Support.Bench.Quality.Training;

/// <summary>
/// L2 logistic regression by Newton's method. Inside a set right and wrong get equal total weight, times √(n·4·b(1 − b)) with b the share
/// right: otherwise the features learn how good the set is, not which of its answers are.
/// </summary>
internal sealed record LogisticFit(double[] Mean, double[] Deviation, double[] Coefficient, double Intercept)
{
    private const double Clip = 3;
    private const double Strength = .03;
    private const int Steps = 30;

    public static LogisticFit Of(IReadOnlyList<TrainingSample> samples)
    {
        var rows = new List<(double[] Values, bool Right, double Weight)>();
        foreach (var sample in samples)
        {
            var judged = sample.Rows.Where(row => row.IsJudged).ToList();
            var right = judged.Count(row => row.IsRight);
            var share = (double)right / judged.Count;
            var weight = Math.Sqrt(judged.Count * 4 * share * (1 - share));
            if (right > 0 && right < judged.Count)
                rows.AddRange(judged.Select(row => (row.Weighed, row.IsRight, weight / (2 * (row.IsRight ? right : judged.Count - right)))));
        }
        var features = rows[0].Values.Length;
        var total = rows.Sum(row => row.Weight);
        var mean = new double[features];
        var deviation = new double[features];
        for (var i = 0; i < features; i++)
        {
            mean[i] = rows.Sum(row => row.Weight * row.Values[i]) / total;
            deviation[i] = Math.Max(1e-6, Math.Sqrt(rows.Sum(row => row.Weight * Math.Pow(row.Values[i] - mean[i], 2)) / total));
        }
        var fit = new LogisticFit(mean, deviation, new double[features], 0);
        for (var step = 0; step < Steps; step++)
            fit = fit.Newton(rows);
        return fit;
    }

    public double Probability(double[] values)
    {
        var z = Intercept;
        for (var i = 0; i < values.Length; i++)
            z += Coefficient[i] * Scaled(values, i);
        return 1 / (1 + Math.Exp(-z));
    }

    private LogisticFit Newton(List<(double[] Values, bool Right, double Weight)> rows)
    {
        var size = Coefficient.Length + 1;
        var system = new double[size, size + 1];
        var x = new double[size];
        foreach (var (values, right, weight) in rows)
        {
            x[^1] = 1;
            for (var i = 0; i < size - 1; i++)
                x[i] = Scaled(values, i);
            var probability = Probability(values);
            for (var i = 0; i < size; i++)
            {
                system[i, size] += weight * ((right ? 1 : 0) - probability) * x[i];
                for (var j = 0; j < size; j++)
                    system[i, j] += weight * probability * (1 - probability) * x[i] * x[j];
            }
        }
        for (var i = 0; i < size - 1; i++)
        {
            system[i, i] += 1 / Strength;
            system[i, size] -= Coefficient[i] / Strength;
        }
        var change = Solve(system, size);
        return this with { Coefficient = Coefficient.Select((value, i) => value + change[i]).ToArray(), Intercept = Intercept + change[^1] };
    }

    private double Scaled(double[] values, int i) => Math.Clamp((values[i] - Mean[i]) / Deviation[i], -Clip, Clip);

    private static double[] Solve(double[,] system, int size)
    {
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
                if (Math.Abs(system[row, column]) > Math.Abs(system[pivot, column]))
                    pivot = row;
            for (var j = 0; j <= size; j++)
                (system[column, j], system[pivot, j]) = (system[pivot, j], system[column, j]);
            for (var row = 0; row < size; row++)
            {
                if (row == column)
                    continue;
                var factor = system[row, column] / system[column, column];
                for (var j = column; j <= size; j++)
                    system[row, j] -= factor * system[column, j];
            }
        }
        return Enumerable.Range(0, size).Select(i => system[i, size] / system[i, i]).ToArray();
    }
}
