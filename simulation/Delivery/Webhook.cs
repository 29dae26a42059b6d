namespace Support.Simulation;

internal sealed record Webhook(string Url, string? SecretToken, int MaxConnections)
{
    public const int DefaultConnections = 40;
}

/// <param name="Date">In Unix seconds.</param>
internal sealed record WebhookError(long Date, string Message);
