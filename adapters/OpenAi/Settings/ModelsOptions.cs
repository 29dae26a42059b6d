using System.ComponentModel.DataAnnotations;

namespace Support.OpenAi.Settings;

/// <summary>Which models do what, at which services, within which limits. Nothing set means no models, and nothing to pay.</summary>
public sealed class ModelsOptions
{
    public const string Section = "Support:Models";

    /// <summary>Where the service answers, up to and with /v1. Without one, OpenAI itself. Also <c>OPENAI_API_BASE</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Also <c>OPENAI_API_KEY</c>.</summary>
    public string? Key { get; set; }

    public ServiceKind Kind { get; set; }

    /// <summary>The chat model of answer, rerank and rewrite, where these have none of their own; questions are written only by a model named for them. On Azure the deployment's name. Also <c>OPENAI_MODEL</c>.</summary>
    public string? Model { get; set; }

    /// <summary>A second service that is asked when the first gives nothing. Without one a <c>FallbackModel</c> is asked of the first service.</summary>
    public string? FallbackEndpoint { get; set; }

    public string? FallbackKey { get; set; }

    public ServiceKind FallbackKind { get; set; }

    /// <summary>The fallback of <see cref="Model"/>.</summary>
    public string? FallbackModel { get; set; }

    public ModelRoleOptions Answer { get; set; } = new();

    public ModelRoleOptions Rerank { get; set; } = new();

    public ModelRoleOptions Rewrite { get; set; } = new();

    public ModelRoleOptions Questions { get; set; } = new();

    public ModelRoleOptions Embedding { get; set; } = new();

    public ModelRoleOptions Transcription { get; set; } = new();

    public ModelRoleOptions Picture { get; set; } = new();

    public RerankEndpointOptions RerankEndpoint { get; set; } = new();

    /// <summary>The length of embedding vectors to ask for; 0 takes what the model gives. Another one means embedding everything again.</summary>
    [Range(0, 65536, ErrorMessage = "Support__Models__Dimensions must be from 0 (what the model gives) to 65536.")]
    public int Dimensions { get; set; }

    public IList<ModelPriceOptions> Prices { get; set; } = [];

    /// <summary>What each company may spend in a UTC day, in the currency of the prices; 0 for no limit.</summary>
    [Range(0, 1e9, ErrorMessage = "Support__Models__DailyBudget must be 0 (no limit) or more.")]
    public double DailyBudget { get; set; }

    /// <summary>Tokens each company may use in a UTC day; 0 for no limit.</summary>
    [Range(0L, long.MaxValue, ErrorMessage = "Support__Models__DailyTokens must be 0 (no limit) or more.")]
    public long DailyTokens { get; set; }

    /// <summary>How long one try may take, and a stream between two of its parts. Three times as long for questions at indexing, pictures and speech.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Support__Models__Timeout must be from 00:00:00.1 to 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long all tries together may take, the fallback's included. Three times as long for questions at indexing, pictures and speech.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00", ErrorMessage = "Support__Models__TotalTime must be from 00:00:00.1 to 00:30:00.")]
    public TimeSpan TotalTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Further tries at one service. Each may cost tokens.</summary>
    [Range(0, 5, ErrorMessage = "Support__Models__Retries must be from 0 to 5.")]
    public int Retries { get; set; } = 2;

    /// <summary>Calls of one service at a time. Others wait.</summary>
    [Range(1, 1000, ErrorMessage = "Support__Models__MaxConcurrent must be from 1 to 1000.")]
    public int MaxConcurrent { get; set; } = 32;

    /// <summary>How long a service that fails most calls is left alone.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Support__Models__BreakTime must be from 00:00:01 to 00:10:00.")]
    public TimeSpan BreakTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>0 to 2, for models that take one; reasoning models refuse any. Without it the model's own.</summary>
    [Range(0f, 2f, ErrorMessage = "Support__Models__Temperature must be from 0 to 2, or left out.")]
    public float? Temperature { get; set; }

    /// <summary>The user-assigned identity for Azure without a key; without one the machine's own, or what a developer is signed in with.</summary>
    public string? ClientId { get; set; }
}
