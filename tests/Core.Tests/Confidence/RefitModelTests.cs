using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Confidence;

public sealed class RefitModelTests
{
    private static readonly Passage Any = new(1, 1, 1, Audience.Customers, "", null, "", "", 1);

    [Fact]
    public void With_few_labels_or_one_kind_there_is_no_percentage()
    {
        var labels = Labelled(new Random(1), 24, _ => .5);
        Assert.Null(RefitModel.Of(labels));
        Assert.Null(RefitModel.Of([.. Labelled(new Random(1), 60, _ => 1)]));
        Assert.Null(RefitModel.Of([.. Labelled(new Random(1), 60, _ => 0)]));
        Assert.NotNull(RefitModel.Of(Labelled(new Random(1), 60, _ => .5)));
    }

    [Fact]
    public void A_model_that_corrects_nothing_says_what_the_model_without_labels_says()
    {
        var model = new TenantModel(0, new Dictionary<string, double>(), 0, ModelMark.Current);
        foreach (var confidence in new[] { .05, .5, .83 })
            Assert.Equal(confidence, model.Probability(Found(Features(new Random(2)), confidence))!.Value, 9);
        Assert.Null(model.Probability(Found(Features(new Random(2)), .5) with { Passages = [] }));
        Assert.Null((model with { Mark = "another" }).Probability(Found(Features(new Random(2)), .5)));
    }

    [Fact]
    public void The_base_rate_is_learnt_and_the_weights_stay_near_the_global_ones()
    {
        // A company for which a fifth is right, whatever the model without labels says.
        var model = RefitModel.Of(Labelled(new Random(3), 200, _ => .2))!;
        var test = Labelled(new Random(4), 500, _ => .2);
        Assert.InRange(test.Average(label => model.Probability(Found(label.Features, label.Confidence))!.Value), .14, .27);
        Assert.All(model.Changes.Values, change => Assert.InRange(change, -.5, .5));
    }

    [Fact]
    public void Where_one_feature_tells_its_weight_grows_with_the_labels()
    {
        double Truth(IReadOnlyDictionary<string, double> features) => 1 / (1 + Math.Exp(-1.5 * TenantModel.Standardized(features)[2]));
        var few = RefitModel.Of(Labelled(new Random(5), 50, Truth))!.Changes[ConfidenceFeatures.Names[2]];
        var many = RefitModel.Of(Labelled(new Random(5), 1000, Truth))!.Changes[ConfidenceFeatures.Names[2]];
        Assert.True(few > .05 && many > few + .2, $"{few} with 50 labels, {many} with 1,000");
    }

    [Fact]
    public void Percentages_come_nearer_to_the_truth_than_the_confidence_does()
    {
        double Truth(IReadOnlyDictionary<string, double> features) => .1 + .5 / (1 + Math.Exp(-TenantModel.Standardized(features)[0] - TenantModel.Standardized(features)[3]));
        var model = RefitModel.Of(Labelled(new Random(6), 100, Truth))!;
        var test = Labelled(new Random(7), 2000, Truth);
        double Loss(Func<FittedLabel, double> probability) => test.Average(label => -Math.Log(label.IsRight ? probability(label) : 1 - probability(label)));
        var (fitted, unfitted) = (Loss(label => model.Probability(Found(label.Features, label.Confidence))!.Value), Loss(label => label.Confidence));
        Assert.True(fitted < unfitted - .03, $"{fitted:F3} after the fit, {unfitted:F3} before");
    }

    /// <summary>Nothing nearby is more likely: the penalized likelihood, written down here once more, falls in every direction.</summary>
    [Fact]
    public void The_fit_is_the_most_likely_one()
    {
        var labels = Labelled(new Random(8), 80, features => TenantModel.Standardized(features)[1] > 0 ? .8 : .3);
        var model = RefitModel.Of(labels)!;
        double Loss(double shift, Dictionary<string, double> changes)
        {
            var moved = new TenantModel(shift, changes, 0, ModelMark.Current);
            return labels.Sum(label => -Math.Log(label.IsRight ? moved.Probability(Found(label.Features, label.Confidence))!.Value : 1 - moved.Probability(Found(label.Features, label.Confidence))!.Value))
                + shift * shift / 2 + changes.Values.Sum(change => change * change / (2 * .2 * .2));
        }
        var best = Loss(model.Shift, model.Changes.ToDictionary());
        foreach (var step in new[] { -.02, .02 })
        {
            Assert.True(Loss(model.Shift + step, model.Changes.ToDictionary()) > best);
            foreach (var name in model.Changes.Keys)
                Assert.True(Loss(model.Shift, new Dictionary<string, double>(model.Changes) { [name] = model.Changes[name] + step }) > best, name);
        }
    }

    private static List<FittedLabel> Labelled(Random random, int count, Func<IReadOnlyDictionary<string, double>, double> right) =>
        [.. Enumerable.Range(0, count).Select(_ => Features(random)).Select(features => new FittedLabel(features, .2 + .6 * random.NextDouble(), random.NextDouble() < right(features)))];

    private static Dictionary<string, double> Features(Random random) => ConfidenceFeatures.Names.Take(ConfidenceModel.Mean.Length).Select((name, i) => (name, i)).ToDictionary(
        one => one.name,
        one => ConfidenceModel.Mean[one.i] + ConfidenceModel.Deviation[one.i] * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static Retrieved Found(IReadOnlyDictionary<string, double> features, double confidence) => new([Any], confidence, features, 1, 1);
}
