namespace Support.Bench.Quality.Training;

/// <summary>
/// L2 logistic regression by Newton's method. Inside a set right and wrong get equal total weight, times √(n·4·b(1 − b)) with b the share
/// right, and each set has an intercept of its own: otherwise the features learn how good the set is, not which of its answers are. The one
/// intercept of the model is then fitted for all together.
/// </summary>
internal sealed record LogisticFit(double[] Mean, double[] Deviation, double[] Coefficient, double Intercept)
{
    private const double Clip = 3;
    private const double Strength = .03;
    private const int Steps = 30;

    public static LogisticFit Of(IReadOnlyList<TrainingSample> samples)
    {
        var rows = new List<Row>();
        var sets = 0;
        foreach (var sample in samples)
        {
            var judged = sample.Rows.Where(row => row.IsJudged).ToList();
            var right = judged.Count(row => row.IsRight);
            var share = (double)right / judged.Count;
            var weight = Math.Sqrt(judged.Count * 4 * share * (1 - share));
            if (right == 0 || right == judged.Count)
                continue;
            rows.AddRange(judged.Select(row => new Row(row.Weighed, row.IsRight, weight / (2 * (row.IsRight ? right : judged.Count - right)), sets)));
            sets++;
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
        var intercepts = new double[sets];
        for (var step = 0; step < Steps; step++)
            fit = fit.Newton(rows, intercepts);
        for (var step = 0; step < Steps; step++)
            fit = fit with { Intercept = fit.Intercept + fit.Lack(rows) };
        return fit;
    }

    /// <summary>Newton's step of the intercept alone.</summary>
    private double Lack(List<Row> rows)
    {
        double slope = 0, curve = 0;
        foreach (var row in rows)
        {
            var probability = Probability(row.Values);
            slope += row.Weight * ((row.Right ? 1 : 0) - probability);
            curve += row.Weight * probability * (1 - probability);
        }
        return slope / curve;
    }

    public double Probability(double[] values)
    {
        var z = Intercept;
        for (var i = 0; i < values.Length; i++)
            z += Coefficient[i] * Scaled(values, i);
        return 1 / (1 + Math.Exp(-z));
    }

    /// <param name="intercepts">Of the sets; they are moved with the rest.</param>
    private LogisticFit Newton(List<Row> rows, double[] intercepts)
    {
        var features = Coefficient.Length;
        var size = features + intercepts.Length;
        var system = new double[size, size + 1];
        var x = new double[features];
        foreach (var (values, right, weight, set) in rows)
        {
            var z = intercepts[set];
            for (var i = 0; i < features; i++)
                z += Coefficient[i] * (x[i] = Scaled(values, i));
            var probability = 1 / (1 + Math.Exp(-z));
            var slope = weight * ((right ? 1 : 0) - probability);
            var curve = weight * probability * (1 - probability);
            for (var i = 0; i < features; i++)
            {
                system[i, size] += slope * x[i];
                system[i, features + set] += curve * x[i];
                system[features + set, i] += curve * x[i];
                for (var j = 0; j < features; j++)
                    system[i, j] += curve * x[i] * x[j];
            }
            system[features + set, size] += slope;
            system[features + set, features + set] += curve;
        }
        for (var i = 0; i < features; i++)
        {
            system[i, i] += 1 / Strength;
            system[i, size] -= Coefficient[i] / Strength;
        }
        var change = Solve(system, size);
        for (var set = 0; set < intercepts.Length; set++)
            intercepts[set] += change[features + set];
        return this with { Coefficient = Coefficient.Select((value, i) => value + change[i]).ToArray() };
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

    private readonly record struct Row(double[] Values, bool Right, double Weight, int Set);
}
