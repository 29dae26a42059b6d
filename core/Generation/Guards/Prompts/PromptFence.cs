using System.Security.Cryptography;

namespace Support.Generation.Guards;

/// <summary>
/// Lines around the data of one prompt, with a number of this call that no text can guess, so that none can end its own quotation. Put what is fenced behind the stable part of the prompt:
/// the number changes with each call.
/// </summary>
public sealed class PromptFence
{
    private PromptFence(string nonce) => Nonce = nonce;

    /// <summary>64 random bits in hexadecimal. In an answer it is a leak.</summary>
    public string Nonce { get; }

    public static PromptFence Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <param name="name">What is quoted, as in "passage 1". Ours, not the text's.</param>
    /// <param name="text">Cleaned by <see cref="QuotedData"/>.</param>
    public string Quote(string name, string text) =>
        $"<<{name} {Nonce}\n{text.Replace(Nonce, "", StringComparison.OrdinalIgnoreCase)}\n{Nonce} {name}>>";
}
