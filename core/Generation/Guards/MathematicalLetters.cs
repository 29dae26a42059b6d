namespace Support.Generation.Guards;

/// <summary>Letters and digits of Unicode's block of mathematical alphanumerics, which chats use as bold and cursive type.</summary>
internal static class MathematicalLetters
{
    private const int Letters = 0x1D400;
    private const int LettersEnd = 0x1D6A4;
    private const int Digits = 0x1D7CE;
    private const int DigitsEnd = 0x1D800;

    /// <returns>Null for everything else.</returns>
    public static char? Plain(int code) => code switch
    {
        >= Letters and < LettersEnd when (code - Letters) % 52 is var letter => (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26),
        >= Digits and < DigitsEnd => (char)('0' + (code - Digits) % 10),
        _ => null,
    };
}
