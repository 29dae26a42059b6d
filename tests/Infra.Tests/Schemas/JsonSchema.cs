namespace Support.Tests.Schemas;

/// <summary>Microsoft's schemas, read by ajv.</summary>
internal static class JsonSchema
{
    /// <returns>A line for each problem; none for a document that fits.</returns>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(string schema, string json)
    {
        var folder = Repository.PathOf("tests/Infra.Tests/Schemas");
        var run = await ProgramRun.OfAsync("node", [Path.Combine(folder, "validate.js"), Path.Combine(folder, schema)], json,
            new Dictionary<string, string?> { ["NODE_PATH"] = Repository.PathOf("tests/tools/node_modules") });
        Assert.Equal("", run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
