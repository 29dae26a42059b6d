namespace Support.Simulation.Models;

/// <summary>How a model server can go wrong.</summary>
public enum Trouble
{
    /// <summary>429 without a word about when to come back.</summary>
    TooManyRequests,

    /// <summary>429 with retry-after, or retry-after-ms for parts of a second.</summary>
    TooManyRequestsWithPause,

    /// <summary>429 because the account is empty.</summary>
    NoCredit,

    ServerError,

    /// <summary>No answer until the other side gives up.</summary>
    Hang,

    /// <summary>Half of an answer, and then nothing.</summary>
    HangMidway,

    /// <summary>The connection drops in the middle of the answer.</summary>
    Cut,

    /// <summary>A stream that ends as if it were whole, without its last part. Other answers are cut.</summary>
    QuietEnd,

    /// <summary>A page instead of JSON, with status 200.</summary>
    InvalidBody,

    /// <summary>The content, which should be JSON, is cut in its middle.</summary>
    InvalidJson,

    /// <summary>The content is JSON of another form.</summary>
    WrongSchema,

    EmptyAnswer,

    /// <summary>Words in a language nobody asked in.</summary>
    WrongLanguage,

    /// <summary>Citations of passages that do not exist.</summary>
    FalseCitations,

    /// <summary>One embedding is shorter than the others.</summary>
    WrongLength,

    /// <summary>The content filter, as a 400.</summary>
    Filtered,

    /// <summary>The content filter, as a finish_reason.</summary>
    FilteredMidway,

    /// <summary>A text that is too long for the model, as a 400.</summary>
    TooLong,

    /// <summary>401, repeating the key as some services do.</summary>
    WrongKey,

    /// <summary>404 model_not_found.</summary>
    WrongModel,
}
