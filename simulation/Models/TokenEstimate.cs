namespace Support.Simulation.Models;

/// <summary>Tokens as a bill would count them, about: four letters each in Latin script, two in others; the form of the answer counts as well.</summary>
internal static class TokenEstimate
{
    public static int Of(string text) => (int)Math.Ceiling(text.Sum(letter => char.IsAscii(letter) ? .25 : .5));

    public static int Of(ModelRequest request) => request.Messages.Sum(message => Of(message.Text) + 4) + (request.Schema is { } schema ? Of(schema.GetRawText()) : 0);
}
