using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Support.Simulation;

/// <summary>The bytes of files: in the data folder, or in memory when there is none.</summary>
internal sealed class FileStore
{
    public const long LargestDownload = 20 * 1024 * 1024;
    public const long LargestUpload = 50 * 1024 * 1024;
    public const long LargestPhoto = 10 * 1024 * 1024;

    private readonly string? _folder;
    private readonly ConcurrentDictionary<long, byte[]> _memory = new();
    private readonly ConcurrentDictionary<string, StoredFile> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredFile> _byPath = new(StringComparer.Ordinal);
    private long _last;

    public FileStore(string? dataFolder)
    {
        _folder = dataFolder is null ? null : Path.Combine(dataFolder, "files");
        if (_folder is not null)
            Directory.CreateDirectory(_folder);
    }

    public IEnumerable<StoredFile> All => _byId.Values.OrderBy(file => file.Number);

    public StoredFile? ById(string fileId) => _byId.GetValueOrDefault(fileId);

    public StoredFile? ByPath(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Keeps the bytes. The file exists for callers once its record was committed.</summary>
    public StoredFile Keep(UploadedFile upload, FileKind kind)
    {
        if (upload.Bytes.Length == 0)
            throw Refusal.BadRequest("file must be non-empty");
        if (upload.Bytes.Length > (kind == FileKind.Photo ? LargestPhoto : LargestUpload))
            throw new Refusal(413, "Request Entity Too Large");
        var size = (Width: 0, Height: 0);
        if (kind == FileKind.Photo)
            size = ImageSize.Read(upload.Bytes) ?? throw Refusal.BadRequest("IMAGE_PROCESS_FAILED");
        var number = Interlocked.Increment(ref _last);
        if (_folder is null)
            _memory[number] = upload.Bytes;
        else
            File.WriteAllBytes(BytesPath(number), upload.Bytes);
        return new StoredFile(number, "SIM" + Random(24), "U" + Random(8), RemotePath(number, upload.Name, kind), upload.Bytes.Length, kind)
        {
            Name = kind == FileKind.Document ? Path.GetFileName(upload.Name) : null,
            MediaType = kind == FileKind.Photo ? null : upload.MediaType,
            Width = size.Width,
            Height = size.Height,
        };
    }

    public void Add(StoredFile file)
    {
        // Only a journal being read back, before anything is served, can be ahead of the counter.
        if (file.Number > Interlocked.Read(ref _last))
            Interlocked.Exchange(ref _last, file.Number);
        _byId[file.FileId] = file;
        _byPath[file.Path] = file;
    }

    public Stream Open(StoredFile file) =>
        _folder is null ? new MemoryStream(_memory[file.Number], writable: false) : File.OpenRead(BytesPath(file.Number));

    private string BytesPath(long number) => Path.Combine(_folder!, number.ToString());

    private static string RemotePath(long number, string name, FileKind kind) => kind switch
    {
        FileKind.Photo => $"photos/file_{number}.jpg",
        FileKind.Voice => $"voice/file_{number}.oga",
        _ => $"documents/file_{number}{SafeExtension(name)}",
    };

    private static string SafeExtension(string name)
    {
        var extension = Path.GetExtension(name);
        return extension.Length is > 1 and <= 10 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension.ToLowerInvariant() : "";
    }

    private static string Random(int bytes) => Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes)).ToLowerInvariant();
}
