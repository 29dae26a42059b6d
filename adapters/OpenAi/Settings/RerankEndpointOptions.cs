namespace Support.OpenAi.Settings;

/// <summary>The two forms of rerank requests that servers speak.</summary>
public enum RerankDialect
{
    /// <summary>POST /v1/rerank with query and documents: Jina, Cohere, vLLM, llama.cpp.</summary>
    Jina,

    /// <summary>POST /rerank with query and texts: Hugging Face's text-embeddings-inference.</summary>
    Tei,
}

/// <summary>A server that reranks, instead of a chat model.</summary>
public sealed class RerankEndpointOptions
{
    /// <summary>As in http://localhost:8080; the dialect's path is added unless the address ends in /rerank.</summary>
    public string? Url { get; set; }

    public RerankDialect Dialect { get; set; }

    /// <summary>Sent as a bearer token; none where the server asks for none.</summary>
    public string? Key { get; set; }

    /// <summary>Another server of the same dialect with the same model, asked when the first one gives nothing.</summary>
    public string? FallbackUrl { get; set; }

    /// <summary>The first one's key is not shown to it.</summary>
    public string? FallbackKey { get; set; }

    /// <summary>Most servers want it; TEI has one model and no name for it.</summary>
    public string? Model { get; set; }
}
