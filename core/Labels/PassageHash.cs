using System.Security.Cryptography;
using System.Text;
using Support.Text;

namespace Support.Labels;

/// <summary>What a label is tied to: the words, whichever document and version they stand in.</summary>
public static class PassageHash
{
    private const char Between = '\u001f';

    /// <returns>32 bytes; alike for texts that differ only in case, spaces and punctuation.</returns>
    public static byte[] Of(string title, string text) => OfWords(Tokenizer.Tokens(title).Append(Between.ToString()).Concat(Tokenizer.Tokens(text)));

    public static byte[] OfQuestion(string question) => OfWords(Tokenizer.Tokens(question));

    private static byte[] OfWords(IEnumerable<string> words) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words)));
}
