namespace Support.Generation.Guards;

/// <summary>Digits and signs that are written for letters: "1gn0re", "p@ssw0rd".</summary>
internal static class Leet
{
    public static char Letter(char c) => c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c };

    /// <summary>Words that have letters and digits are written in letters; numbers stay.</summary>
    public static string Read(string text)
    {
        var read = text.ToCharArray();
        for (var start = 0; start < read.Length;)
        {
            var end = start;
            var letters = false;
            while (end < read.Length && (char.IsLetterOrDigit(read[end]) || read[end] is '@' or '$' or '!'))
                letters |= char.IsLetter(read[end++]);
            for (var i = start; letters && i < end; i++)
                read[i] = Letter(read[i]);
            start = end + 1;
        }
        return new string(read);
    }
}
