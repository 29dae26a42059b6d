namespace Support.FunctionsHost.App;

/// <param name="Arguments">One line, split again by whoever starts the process.</param>
internal sealed record HandlerCommand(string Executable, string Arguments, string Folder)
{
    /// <summary>The executable is made absolute if it lies under the app's folder; otherwise it is a command on PATH.</summary>
    public static HandlerCommand Of(FunctionApp app, AppSettings settings)
    {
        var written = app.Host.Executable;
        var own = Path.Combine(app.Folder, written);
        var folder = app.Host.WorkingDirectory is { } directory ? Path.Combine(app.Folder, directory) : app.Folder;
        if (!Directory.Exists(folder))
            throw new FunctionsHostException($"{Path.Combine(app.Folder, HostFileReader.Name)}: customHandler.description.workingDirectory is '{app.Host.WorkingDirectory}', and {folder} is not there.");
        var executable = File.Exists(own) ? own : OnPath(written, settings);
        return executable is not null
            ? new HandlerCommand(executable, app.Host.Arguments, folder)
            : throw new FunctionsHostException($"{Path.Combine(app.Folder, HostFileReader.Name)}: customHandler.description.defaultExecutablePath is '{written}'. There is no such file in the app's folder and no such command on PATH.");
    }

    private static string? OnPath(string name, AppSettings settings) =>
        name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? null
            : (settings.Find("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
