namespace Support.Server.Commands;

/// <summary>A file to give to the desk.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Below the folder that was asked for, with forward slashes: what the desk calls the document.</param>
/// <param name="Audience"><c>staff</c> below a folder of that name, else <c>customers</c>.</param>
internal sealed record FoundDocument(string Path, string Name, string Audience)
{
    /// <summary>A file itself, or the files below a folder, hidden ones left out.</summary>
    public static IEnumerable<FoundDocument> In(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
            return [new FoundDocument(full, System.IO.Path.GetFileName(full), AudienceOf(full))];

        return Directory.EnumerateFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
            .Select(file => new FoundDocument(file, System.IO.Path.GetRelativePath(full, file).Replace('\\', '/'), AudienceOf(file)))
            .Where(document => !document.Name.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(document => document.Name, StringComparer.Ordinal);
    }

    private static string AudienceOf(string file) =>
        System.IO.Path.GetDirectoryName(file)!.Split('/', '\\').Contains("staff", StringComparer.OrdinalIgnoreCase) ? "staff" : "customers";
}
