using System.Text.RegularExpressions;

namespace Support.FunctionsHost.App;

/// <summary>A published folder, checked as a whole.</summary>
internal sealed partial record FunctionApp(string Folder, HostFile Host, IReadOnlyList<FunctionFile> Functions)
{
    /// <exception cref="FunctionsHostException">The folder holds something that the host would refuse, or pass over in silence.</exception>
    public static FunctionApp Read(string folder, AppSettings settings)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
            throw new FunctionsHostException($"The app folder {root} is not there.");
        var host = HostFileReader.Read(root);
        var functions = Directory.GetDirectories(root)
            .Where(directory => File.Exists(Path.Combine(directory, FunctionFileReader.Name)))
            .Order(StringComparer.Ordinal)
            .Select(directory => FunctionFileReader.Read(directory, host, settings))
            .OfType<FunctionFile>()
            .ToList();
        if (functions.Count == 0)
            throw new FunctionsHostException($"{root} holds no function: no folder with a {FunctionFileReader.Name}.");
        CheckRoutes(root, functions);
        return new FunctionApp(root, host, functions);
    }

    private static void CheckRoutes(string root, List<FunctionFile> functions)
    {
        var routes = functions.Where(function => function.Trigger is Trigger.Http).Select(function => (function.Name, Http: (Trigger.Http)function.Trigger)).ToList();
        foreach (var (index, (name, http)) in routes.Index())
        {
            foreach (var (earlier, other) in routes.Take(index))
            {
                if (Shape(http.Route) == Shape(other.Route) && Overlap(http.Methods, other.Methods))
                    throw new FunctionsHostException($"{root}: the functions {earlier} and {name} both answer {string.Join('/', http.Methods.Count > 0 ? http.Methods : other.Methods)} /{http.Route}. Give one of them another route or other methods.");
            }
        }
    }

    // Parameters that differ only in their names match the same requests.
    private static string Shape(string route) => Parameter().Replace(route, match => match.Value.Contains('*', StringComparison.Ordinal) ? "{*}" : "{}").ToLowerInvariant();

    private static bool Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.Count == 0 || other.Count == 0 || one.Intersect(other, StringComparer.Ordinal).Any();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
