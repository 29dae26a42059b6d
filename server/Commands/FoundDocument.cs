namespace Support.Server.Commands;

/// <summary>A file to give to the desk.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What the desk calls the document: the same name later replaces it.</param>
/// <param name="Audience"><c>staff</c> below a folder of that name, else <c>customers</c>.</param>
internal sealed record FoundDocument(string Path, string Name, string Audience)
{
    /// <summary>A file under its own name, or the files below a folder with the folder's name in front, wherever one stands when asking.</summary>
    public static IEnumerable<FoundDocument> In(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return File.Exists(full)
            ? [new FoundDocument(full, System.IO.Path.GetFileName(full), AudienceOf(full))]
            : Below(full, System.IO.Path.GetFileName(full) + "/");
    }

    /// <summary>The files below a folder, hidden ones left out, named from there.</summary>
    public static IEnumerable<FoundDocument> Below(string folder, string prefix = "") =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
            .Select(file => (File: file, Name: System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(found => !found.Name.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .Select(found => new FoundDocument(found.File, prefix + found.Name, AudienceOf(System.IO.Path.GetFullPath(found.File))));

    private static string AudienceOf(string file) =>
        System.IO.Path.GetDirectoryName(file)!.Split('/', '\\').Contains("staff", StringComparer.OrdinalIgnoreCase) ? "staff" : "customers";
}
