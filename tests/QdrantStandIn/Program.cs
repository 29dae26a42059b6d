using Support.QdrantStandIn;

// `dotnet run --project tests/QdrantStandIn 6333`: to look at the desk with an index outside where there is no Qdrant. Keeps nothing.
var port = args is [var first] && int.TryParse(first, out var given) ? given : 6333;
await using var server = await StandInServer.StartAsync(new StandInOptions { Port = port });
Console.WriteLine($"A stand-in for Qdrant listens at {server.Url}. It was written for this project and keeps nothing.");
await server.UntilStoppedAsync();
