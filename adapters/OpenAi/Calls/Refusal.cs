using Support.Models;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Calls;

/// <summary>What a status that is no success means, and which setting mends it.</summary>
internal static class Refusal
{
    public static CallFailedException Of(ModelTarget target, int status, ReadOnlyMemory<byte> body, Func<string, string?> header, DateTimeOffset now)
    {
        var error = ErrorBody.Read(body);
        var code = (error.Code ?? error.Type) is { } name ? $"{status}, {name}" : $"{status}";
        return status switch
        {
            403 when error.IsAboutModel => new CallFailedException(ModelFailure.Misconfigured, WrongModel(target, code)),
            401 or 403 => new CallFailedException(ModelFailure.Misconfigured, WrongKey(target, code)),
            400 or 422 when error.IsFilter => new CallFailedException(ModelFailure.Filtered, $"The content filter of {target} refused ({code})."),
            404 when error.IsAboutModel => new CallFailedException(ModelFailure.Misconfigured, WrongModel(target, code)),
            400 when error.Code is "model_not_found" or "invalid_model" || error.Parameter == "model" => new CallFailedException(ModelFailure.Misconfigured, WrongModel(target, code)),
            404 or 405 or (>= 300 and < 400) => new CallFailedException(ModelFailure.Misconfigured, WrongEndpoint(target, code)),
            400 when error.Code is "unsupported_parameter" or "unsupported_value" => new CallFailedException(ModelFailure.Misconfigured, WrongParameter(target, code, error.Parameter)),
            429 when error.Code is "insufficient_quota" => new CallFailedException(ModelFailure.Unavailable, $"The account behind {target.Service.KeySetting} has no credit left at {target.Service} ({code}). Add some there."),
            429 => Busy(target, code, RetryAfter.Read(header, now), isDown: false),
            408 or 409 or 425 or >= 500 => Busy(target, code, RetryAfter.Read(header, now), isDown: status >= 500),
            // What settings can mend was told above; this is about the content: too long, too many, of a kind it does not take.
            400 or 413 or 422 => new CallFailedException(ModelFailure.Refused, $"{target} does not take this request ({code})."),
            _ => new CallFailedException(ModelFailure.Unavailable, $"{target} refused the request ({code})."),
        };
    }

    public static CallFailedException NoKey(ModelTarget target) =>
        new(ModelFailure.Misconfigured, $"{target.Service} wants a key, and {target.Service.KeySetting} is not set. Set it{OpenAiName(target.Service.KeySetting, "Support__Models__Key", "OPENAI_API_KEY")}, or set {target.Service.EndpointSetting} to a server that needs none.");

    public static string WrongEndpoint(ModelTarget target, string code) =>
        $"Nothing at {target.Service} answers as a model service does ({code}). Set {target.Service.EndpointSetting}{OpenAiName(target.Service.EndpointSetting, "Support__Models__Endpoint", "OPENAI_API_BASE")} to the address up to and with /v1.";

    private static string WrongKey(ModelTarget target, string code) => target.Service.UsesEntra
        ? $"{target.Service} refuses this machine's identity ({code}). Give it the role Cognitive Services OpenAI User on the resource (a new role takes some minutes), or set {target.Service.KeySetting}."
        : $"{target.Service} refuses {(target.Service.Key is null ? "calls without a key" : "the key")} ({code}). Set {target.Service.KeySetting}{OpenAiName(target.Service.KeySetting, "Support__Models__Key", "OPENAI_API_KEY")} to a valid one.";

    private static string WrongModel(ModelTarget target, string code)
    {
        var fix = target.Service.Kind switch
        {
            ServiceKind.Azure => "to the name of a deployment of that resource",
            ServiceKind.Compatible => $"to a model that is loaded there (Ollama: `ollama pull {target.Model}`)",
            _ => "to a model that your account may use",
        };
        return $"{target.Service} has no model {target.Model} ({code}). Set {target.ModelSetting}{OpenAiName(target.ModelSetting, "Support__Models__Model", "OPENAI_MODEL")} {fix}.";
    }

    private static string WrongParameter(ModelTarget target, string code, string? parameter) => parameter == "temperature"
        ? $"{target} takes no temperature ({code}). Leave Support__Models__Temperature out."
        : $"{target} does not take {parameter ?? "a part of the request"} ({code}). Set {target.ModelSetting} to a model that does.";

    private static CallFailedException Busy(ModelTarget target, string code, TimeSpan? pause, bool isDown) =>
        new(ModelFailure.Unavailable, $"{target} is not available now ({code}).") { MayRepeat = pause is null || pause <= RetryAfter.Longest, RetryAfter = pause, IsServiceDown = isDown };

    private static string OpenAiName(string setting, string shared, string known) => setting == shared ? $" (or {known})" : "";
}
