using MathNet.Numerics.LinearAlgebra;

namespace Support.Confidence;

/// <param name="Features">By name.</param>
/// <param name="Confidence">Of the model without labels.</param>
public sealed record FittedLabel(IReadOnlyDictionary<string, double> Features, double Confidence, bool IsRight);

/// <summary>
/// Fits a <see cref="TenantModel"/>: the most likely weights after the labels, with weights ~ N(global, .2²) and the intercept ~ N(global, 1)
/// before them. The global model held ten sets' worth of questions; a tenant's few labels move its weights a little and its base rate much.
/// On sets kept aside this beat isotonic regression and Platt's scaling at 200 labels, and none of them is any good below 25.
/// </summary>
public static class RefitModel
{
    /// <summary>With fewer no percentage is shown.</summary>
    public const int FewestLabels = 25;

    private const double WeightDeviation = .2;
    private const double ShiftDeviation = 1;

    // Newton's steps on a strictly convex loss: some six are needed, the rest is for the worst of data.
    private const int MostSteps = 40;
    private const double Enough = 1e-9;

    /// <returns>Null with fewer than <see cref="FewestLabels"/>, or when all say the same.</returns>
    public static TenantModel? Of(IReadOnlyList<FittedLabel> labels)
    {
        if (labels.Count < FewestLabels || labels.All(label => label.IsRight) || labels.All(label => !label.IsRight))
            return null;
        var rows = labels.Select(label => new Row([1, .. TenantModel.Standardized(label.Features)], TenantModel.Offset(label.Confidence), label.IsRight)).ToList();
        var size = rows[0].Values.Length;
        var precision = Enumerable.Range(0, size).Select(i => 1 / Math.Pow(i == 0 ? ShiftDeviation : WeightDeviation, 2)).ToArray();
        var weights = new double[size];
        var loss = Loss(rows, weights, precision);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, curvature) = Slope(rows, weights, precision);
            var change = Matrix<double>.Build.DenseOfArray(curvature).Cholesky().Solve(Vector<double>.Build.Dense(gradient));
            var (next, better) = (weights, loss);
            // A whole step may overshoot far from the optimum; a part of it never does for ever.
            for (var part = 1.0; part > 1e-4 && better >= loss; part /= 2)
            {
                next = weights.Select((weight, i) => weight - part * change[i]).ToArray();
                better = Loss(rows, next, precision);
            }
            if (better >= loss)
                break;
            (weights, var gained, loss) = (next, loss - better, better);
            if (gained < Enough)
                break;
        }
        return new TenantModel(Math.Round(weights[0], 5), ByName(weights), labels.Count, ModelMark.Current);
    }

    private static Dictionary<string, double> ByName(double[] weights) =>
        weights.Skip(1).Select((weight, i) => (Name: TenantModel.Weighed[i], Weight: Math.Round(weight, 5))).ToDictionary(pair => pair.Name, pair => pair.Weight, StringComparer.Ordinal);

    private static double Loss(List<Row> rows, double[] weights, double[] precision)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            var z = row.IsRight ? row.Z(weights) : -row.Z(weights);
            loss += z > 0 ? Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z)) - z;
        }
        for (var i = 0; i < weights.Length; i++)
            loss += precision[i] * weights[i] * weights[i] / 2;
        return loss;
    }

    private static (double[] Gradient, double[,] Curvature) Slope(List<Row> rows, double[] weights, double[] precision)
    {
        var gradient = weights.Select((weight, i) => precision[i] * weight).ToArray();
        var curvature = new double[weights.Length, weights.Length];
        for (var i = 0; i < weights.Length; i++)
            curvature[i, i] = precision[i];
        foreach (var row in rows)
        {
            var p = 1 / (1 + Math.Exp(-row.Z(weights)));
            for (var i = 0; i < weights.Length; i++)
            {
                gradient[i] += (p - (row.IsRight ? 1 : 0)) * row.Values[i];
                for (var j = 0; j < weights.Length; j++)
                    curvature[i, j] += p * (1 - p) * row.Values[i] * row.Values[j];
            }
        }
        return (gradient, curvature);
    }

    private sealed record Row(double[] Values, double Offset, bool IsRight)
    {
        public double Z(double[] weights)
        {
            var z = Offset;
            for (var i = 0; i < weights.Length; i++)
                z += weights[i] * Values[i];
            return z;
        }
    }
}
