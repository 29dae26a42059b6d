using Support.Confidence;
using Support.Labels;

namespace Support.Tests.Labels;

public sealed class TargetTests
{
    [Theory]
    [InlineData("5%", .05)]
    [InlineData("5 %", .05)]
    [InlineData(" 5 ", .05)]
    [InlineData("0.05", .05)]
    [InlineData("0,05", .05)]
    [InlineData(".05", .05)]
    [InlineData("2,5%", .025)]
    [InlineData("1", .01)]
    [InlineData("50", .5)]
    [InlineData("0.5", .5)]
    public void A_percentage_is_read_as_people_write_it(string text, double rate) =>
        Assert.Equal(rate, Assert.IsType<ReadTarget.Rate>(ReadTarget.Of(text)).Wrong, 9);

    [Theory]
    [InlineData("0%", "target.out.of.range")]
    [InlineData("0.5%", "target.out.of.range")]
    [InlineData("51", "target.out.of.range")]
    [InlineData("100%", "target.out.of.range")]
    [InlineData("0.7", "target.out.of.range")]
    [InlineData("0.001", "target.out.of.range")]
    [InlineData("-5", "target.bad")]
    [InlineData("five", "target.bad")]
    [InlineData("5% please", "target.bad")]
    [InlineData("1e1", "target.bad")]
    [InlineData("fixed 7", "target.bad.threshold")]
    [InlineData("порог 1,01", "target.bad.threshold")]
    public void What_cannot_be_a_target_is_named(string text, string problem) => Assert.Equal(new ReadTarget.Unreadable(text, problem), ReadTarget.Of(text));

    [Theory]
    [InlineData("fixed 0.65", .65)]
    [InlineData("порог 0,65", .65)]
    [InlineData("Threshold 1", 1)]
    [InlineData("fixed", .7)]
    public void A_fixed_threshold_is_said_to_be_one(string text, double threshold) =>
        Assert.Equal(threshold, Assert.IsType<ReadTarget.Fixed>(ReadTarget.Of(text)).Threshold, 9);

    [Fact]
    public async Task Without_labels_it_says_how_many_are_missing_and_what_holds_until_then()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Owner, "target");
        var said = await desk.LastAsync(LabelDesk.Owner);
        Assert.Contains("at most 10% wrong", said.Html, StringComparison.Ordinal);
        Assert.Contains("33 more labels are needed (0 so far)", said.Html, StringComparison.Ordinal);
        Assert.Contains("confidence 0.5", said.Html, StringComparison.Ordinal);
        Assert.Equal(["5%", "✓ 10%", "20%", "Fixed threshold 0.7", "Everything to people"], said.Keyboard!.Rows.SelectMany(row => row).Select(button => button.Text));
    }

    [Fact]
    public async Task The_owner_chooses_by_word_and_by_button_and_the_choice_is_noted()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Owner, "target", "5%");
        Assert.Equal(.05, (await desk.ConfidenceAsync()).Target);
        Assert.Contains("67 more labels", (await desk.LastAsync(LabelDesk.Owner)).Html, StringComparison.Ordinal);

        await desk.PressAsync(LabelDesk.Owner, (await desk.LastAsync(LabelDesk.Owner)).Button("Fixed"));
        Assert.Equal((PromiseMode.Fixed, .7), ((await desk.ConfidenceAsync()).Mode, (await desk.ConfidenceAsync()).Threshold));
        await desk.WriteAsync(LabelDesk.Owner, "target", "порог 0,65");
        Assert.Equal(.65, (await desk.ConfidenceAsync()).Threshold);
        await desk.PressAsync(LabelDesk.Owner, (await desk.LastAsync(LabelDesk.Owner)).Button("Everything"));
        Assert.False((await desk.ConfidenceAsync()).MayAnswer(1, new ConfidenceOptions()));
        await desk.PressAsync(LabelDesk.Owner, (await desk.LastAsync(LabelDesk.Owner)).Button("20%"));
        Assert.Equal((PromiseMode.Promise, .2, null), ((await desk.ConfidenceAsync()).Mode, (await desk.ConfidenceAsync()).Target, (await desk.ConfidenceAsync()).Threshold));

        Assert.Equal(5, await desk.InAsync(tx => tx.FirstAsync<int>("select count(*)::int from audit where action = 'target' and person_id = 1", null, CancellationToken.None)));
    }

    [Fact]
    public async Task Everybody_else_may_look_and_not_choose()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Editor, "target", "5%", chat: LabelDesk.Group);
        Assert.Contains("Only the owner", (await desk.LastAsync(LabelDesk.Group)).Html, StringComparison.Ordinal);
        await desk.WriteAsync(LabelDesk.Editor, "target", chat: LabelDesk.Group);
        Assert.Null((await desk.LastAsync(LabelDesk.Group)).Keyboard);
        Assert.Equal("Only the owner chooses the target.", await desk.PressAsync(LabelDesk.Editor, "tg:people", chat: LabelDesk.Group));
        Assert.Equal(TenantConfidence.Default, await desk.ConfidenceAsync());
    }

    [Fact]
    public async Task Where_there_is_no_owner_an_admin_chooses()
    {
        await using var desk = await LabelDesk.OpenAsync();
        var admin = new Support.Tenants.StaffMember(LabelDesk.Editor, "Eve", IsOwner: false, IsAdmin: true, IsEditor: false, Started: true);
        await desk.InScopeAsync(scope =>
        {
            Assert.True(TargetCommand.MayChoose(scope, LabelDesk.Owner));
            Assert.False(TargetCommand.MayChoose(scope, LabelDesk.Editor));
            var ownerless = new Support.Conversations.UpdateScope(scope.Transaction, scope.Bot with { Staff = new Dictionary<long, Support.Tenants.StaffMember> { [admin.Person] = admin } }, scope.Now);
            Assert.True(TargetCommand.MayChoose(ownerless, admin.Person));
            Assert.False(TargetCommand.MayChoose(ownerless, LabelDesk.Customer));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task What_cannot_be_read_changes_nothing_and_is_named()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Owner, "target", "0.7 <b>");
        Assert.Contains("“0.7 &lt;b&gt;”", (await desk.LastAsync(LabelDesk.Owner)).Html, StringComparison.Ordinal);
        await desk.PressAsync(LabelDesk.Owner, "tg:99");
        await desk.PressAsync(LabelDesk.Owner, "tg:nonsense");
        Assert.Equal(TenantConfidence.Default, await desk.ConfidenceAsync());
    }

    [Fact]
    public void What_is_stored_reads_back_and_what_older_versions_stored_does_too()
    {
        var certificate = MakeCertificate.Of([.. Enumerable.Range(0, 40).Select(i => new DrawnLabel(i / 40.0, false, 0, 1))], .1, 3, DateTimeOffset.UnixEpoch);
        var full = new TenantConfidence(.3, PromiseMode.Fixed, .05, .7, true, CertificateState.Suspended, certificate, new TenantModel(.1, new Dictionary<string, double> { ["robust"] = .2 }, 30, "mark"));
        Assert.Equal(full.ToJson(), TenantConfidence.Read(full.ToJson()).ToJson());
        Assert.Equal(certificate, TenantConfidence.Read(full.ToJson()).Certificate);
        Assert.Equal(TenantConfidence.Default with { Threshold = .6 }, TenantConfidence.Read("""{"threshold":0.6}"""));
        Assert.Equal(TenantConfidence.DefaultTarget, TenantConfidence.Read("{}").Target);
    }

    [Theory]
    [InlineData("en", .024, "2.4%")]
    [InlineData("ru", .024, "2,4\u00a0%")]
    [InlineData("en", 0, "0%")]
    [InlineData("en", .1, "10%")]
    [InlineData("en", .386, "39%")]
    public void Rates_are_written_as_people_do(string language, double part, string text) => Assert.Equal(text, Percent.Of(language, part));
}
