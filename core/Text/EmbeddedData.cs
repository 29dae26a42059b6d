namespace Support.Text;

/// <summary>The data files of this folder, carried inside the assembly.</summary>
internal static class EmbeddedData
{
    public static StreamReader Open(string name) =>
        new(typeof(EmbeddedData).Assembly.GetManifestResourceStream("Support.Text.Data." + name)
            ?? throw new InvalidOperationException($"The assembly carries no data file '{name}'; build core with its Text/Data folder."));
}
