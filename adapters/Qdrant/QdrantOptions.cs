using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Support.Qdrant;

public sealed class QdrantOptions
{
    public const string Section = "Support:Qdrant";

    /// <summary>Where Qdrant answers REST, as in http://localhost:6333. Without one the index is in the desk's own process.</summary>
    public Uri? Url { get; set; }

    /// <summary>A key that may read and write; none where Qdrant asks for none. Over plain http everybody on the way can read it.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The alias under which the collection serves; collections are called so with a number behind. Each database needs its own: chunks are known by their number in it.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{1,200}$", ErrorMessage = "Support__Qdrant__Collection may hold letters, digits, _ and - only, and at most 200 of them.")]
    public string Collection { get; set; } = "kb";

    /// <summary>The length of embedding vectors; 0 without an embedding model. Another one is another collection: reindex after changing it.</summary>
    [Range(0, 65536, ErrorMessage = "Support__Qdrant__DenseSize must be from 0 (no embedding model) to 65536.")]
    public int DenseSize { get; set; }

    /// <summary>How long one call may take. Shorter hands questions to people sooner when Qdrant is slow.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ErrorMessage = "Support__Qdrant__Timeout must be from 00:00:00.1 to 00:05:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

internal sealed class QdrantOptionsCheck : IValidateOptions<QdrantOptions>
{
    public ValidateOptionsResult Validate(string? name, QdrantOptions options) =>
        options.Url is { } url && !IsPlain(url)
            ? ValidateOptionsResult.Fail($"Support__Qdrant__Url is no plain http or https address ({url.OriginalString.Length} characters). Give scheme, host and port, as in http://localhost:6333; the key goes into Support__Qdrant__ApiKey.")
            : ValidateOptionsResult.Success;

    private static bool IsPlain(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0;
}
