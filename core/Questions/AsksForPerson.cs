using System.Text.RegularExpressions;

namespace Support.Questions;

/// <summary>
/// "Call a person" in the customer's own words. Only short messages count: in a long one "operator" is more likely part of
/// the question ("which mobile operators do you sell?").
/// </summary>
public static partial class AsksForPerson
{
    private const int LongestRequest = 8;

    public static bool Matches(string text)
    {
        var words = Word().Matches(text.ToLowerInvariant().Replace('ё', 'е'));
        if (words.Count is 0 or > LongestRequest)
            return false;
        var joined = string.Join(' ', words.Select(w => w.Value));
        return (words.Count <= 2 && Alone().IsMatch(joined)) || Asked().IsMatch(joined);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(живой )?(оператор|оператора|человек|человека|менеджер|менеджера|сотрудник|сотрудника)( пожалуйста)?$|^(a |real |live |human )?(operator|human|agent|person|representative)( please)?$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"\b(позов\w*|пригласи\w*|соедини\w*|свяжи\w*|переключи\w*|дай\w*|нуж\w+|хочу|можно|поговорить|говорить|связаться)\b.*\b(оператор\w*|человек\w*|менеджер\w*|сотрудник\w*|специалист\w*|живы\w+|консультант\w*)\b|\b(talk|speak|chat|connect|transfer|put|get|want|need|call|give)\b.*\b(human|agent|operator|real person|live person|a person|someone real|representative|manager)\b")]
    private static partial Regex Asked();
}
