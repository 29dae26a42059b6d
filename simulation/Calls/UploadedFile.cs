namespace Support.Simulation;

internal sealed record UploadedFile(string Name, string? MediaType, byte[] Bytes);
