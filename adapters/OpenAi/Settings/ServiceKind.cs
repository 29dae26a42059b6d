namespace Support.OpenAi.Settings;

/// <summary>Whose service answers at an address. It decides what stands for a key that is not given.</summary>
public enum ServiceKind
{
    /// <summary>Told by the address: api.openai.com, a host of Azure, or another.</summary>
    Auto,

    /// <summary>Needs a key.</summary>
    OpenAi,

    /// <summary>Azure OpenAI's v1 endpoint. Without a key the machine's identity (Microsoft Entra) is used.</summary>
    Azure,

    /// <summary>Ollama, vLLM, llama.cpp and the like. Without a key the word "none" is sent, since some want any.</summary>
    Compatible,
}
