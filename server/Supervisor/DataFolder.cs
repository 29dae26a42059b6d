namespace Support.Server.Supervisor;

/// <summary>Where everything of one desk lies.</summary>
internal sealed record DataFolder(string Path)
{
    public string Postgres => In("postgres");

    public string PostgresFromNpm => In("postgres-npm");

    /// <summary>Passwords and keys, made once: <see cref="DeskSecrets"/>.</summary>
    public string Secrets => In("secrets.json");

    /// <summary>The bot that was set up on the try-it page: <see cref="StoredToken"/>.</summary>
    public string Token => In("token.json");

    /// <summary>Which samples were given to the desk already: <see cref="Samples"/>.</summary>
    public string Samples => In("samples.json");

    /// <summary>Address and key of the running desk: <see cref="DeskFile"/>.</summary>
    public string Desk => In("desk.json");

    /// <summary>Number of the desk's process, to end one that outlived its supervisor.</summary>
    public string DeskProcess => In("desk.pid");

    /// <summary>The same for a function app's host, or the queues' emulator.</summary>
    public string ProcessOf(string name) => In(name + ".pid");

    /// <summary>Messages of the emulated Storage queues.</summary>
    public string Queues => In("queues");

    public string Lock => In("up.lock");

    /// <summary>The simulation's chats and files.</summary>
    public string Simulation => In("simulation");

    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(folder.Path))
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder.Path);
            else
                Directory.CreateDirectory(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
