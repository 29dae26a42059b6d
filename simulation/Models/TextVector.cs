using System.Globalization;

namespace Support.Simulation.Models;

/// <summary>An embedding without a model: a hashed bag of words and of runs of three letters, of length 1. Texts with the same words, or forms of them, are near.</summary>
public static class TextVector
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    public static float[] Of(string text, int length)
    {
        var vector = new float[length];
        var word = new List<char>();
        foreach (var letter in text.ToLower(CultureInfo.InvariantCulture) + " ")
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Add(letter == 'ё' ? 'е' : letter);
                continue;
            }
            AddWord(vector, word);
            word.Clear();
        }
        var norm = MathF.Sqrt(vector.Sum(number => number * number));
        // No words: any direction will do, as long as it is always the same.
        if (norm == 0)
            (vector[0], norm) = (1, 1);
        for (var i = 0; i < length; i++)
            vector[i] /= norm;
        return vector;
    }

    public static double Cosine(float[] one, float[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static void AddWord(float[] vector, List<char> word)
    {
        if (word.Count == 0)
            return;
        char[] marked = ['^', .. word, '$'];
        Add(vector, marked, 1);
        for (var i = 0; i + 3 <= marked.Length; i++)
            Add(vector, marked.AsSpan(i, 3), 1f / MathF.Sqrt(word.Count));
    }

    private static void Add(float[] vector, ReadOnlySpan<char> gram, float weight)
    {
        var hash = Offset;
        foreach (var letter in gram)
            hash = (hash ^ letter) * Prime;
        // A sign of its own, so that what falls on the same place by chance does not add up.
        vector[hash % (uint)vector.Length] += (hash & 0x8000_0000) == 0 ? weight : -weight;
    }
}
