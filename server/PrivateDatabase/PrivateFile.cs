namespace Support.Server.PrivateDatabase;

/// <summary>Files that only their owner may read. Replaced whole: a reader sees the old text or the new one.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(text);
        File.Move(fresh, path, overwrite: true);
    }
}
