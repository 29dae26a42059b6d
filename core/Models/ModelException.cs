namespace Support.Models;

/// <summary>Why a model gave nothing that can be used. Whoever called it goes on without it.</summary>
public enum ModelFailure
{
    /// <summary>No model is set for this.</summary>
    NotConfigured,

    /// <summary>The day's budget is spent.</summary>
    OverBudget,

    /// <summary>The key, the model's name or the address is wrong: it will fail until a setting is changed.</summary>
    Misconfigured,

    /// <summary>It took too long, was busy, or answered with an error; also while calls are not even tried because of that.</summary>
    Unavailable,

    /// <summary>Its content filter refused.</summary>
    Filtered,

    /// <summary>The service does not take a request with this content, as where a text is too long. The same again will be refused again; another may do.</summary>
    Refused,

    /// <summary>It answered something else than what was asked for.</summary>
    BadAnswer,
}

/// <summary>A model gave nothing that can be used. The message never holds a key, or what was sent or answered.</summary>
public sealed class ModelException(ModelFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public ModelFailure Failure { get; } = failure;

    /// <summary>Nothing came within the time there was: less at once may do.</summary>
    public bool IsTimeout { get; init; }
}
