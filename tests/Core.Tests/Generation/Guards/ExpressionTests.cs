using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Support.Generation.Guards;
using Xunit;

namespace Support.Tests.Generation.Guards;

/// <summary>
/// The guards read what strangers wrote. No text may make an expression try again and again: it is matched without going back, has a limit of time, or repeats nothing that is repeated itself.
/// </summary>
public sealed class ExpressionTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Namespaces = ["Support.Generation.Guards", "Support.Generation.Grounding"];

    [Fact]
    public void No_expression_of_the_guards_can_be_made_to_try_for_ever()
    {
        var expressions = typeof(AnswerGuard).Assembly.GetTypes().Where(type => Namespaces.Contains(type.Namespace) && !type.ContainsGenericParameters)
            .SelectMany(type => Of(type).Select(expression => (Type: type, Expression: expression))).ToList();
        Assert.True(expressions.Count > 100, $"{expressions.Count} found");
        Assert.Empty(expressions.Where(one => !IsSafe(one.Expression)).Select(one => $"{one.Type.Name}: {one.Expression}"));
    }

    [Theory]
    [InlineData("(a+)+$", false)]
    [InlineData(@"(?:\s*[a-z]*)*x", false)]
    [InlineData("(a{2,}b?){3,}", false)]
    [InlineData("(?:(?:a+)b)*", false)]
    [InlineData("[(+]+(a)", true)]
    [InlineData(@"(\+)+", true)]
    [InlineData("(?:[0-9]{1,3}){0,9}a+", true)]
    public void What_repeats_a_repetition_is_seen(string pattern, bool isSafe) => Assert.Equal(isSafe, IsSafe(new Regex(pattern)));

    private static IEnumerable<Regex> Of(Type type) =>
    [
        .. type.GetFields(All).Where(field => !field.IsLiteral).SelectMany(field => In(field.GetValue(null))),
        .. type.GetMethods(All).Where(method => method.IsDefined(typeof(GeneratedRegexAttribute))).Select(method => (Regex)method.Invoke(null, null)!),
    ];

    private static IEnumerable<Regex> In(object? value) => value switch
    {
        Regex expression => [expression],
        string => [],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => In(tuple[i])),
        IEnumerable many => many.Cast<object?>().SelectMany(In),
        _ => [],
    };

    private static bool IsSafe(Regex expression) =>
        expression.Options.HasFlag(RegexOptions.NonBacktracking) || expression.MatchTimeout != Regex.InfiniteMatchTimeout || !RepeatsRepetition(expression.ToString());

    private static bool RepeatsRepetition(string pattern)
    {
        // Of each open group: something in it is repeated without an end.
        var groups = new Stack<bool>([false]);
        for (var at = 0; at < pattern.Length; at++)
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    for (at += pattern[at + 1] == '^' ? 3 : 2; pattern[at] != ']'; at++)
                        at += pattern[at] == '\\' ? 1 : 0;
                    break;
                case '(':
                    groups.Push(false);
                    break;
                case ')':
                    var repeats = groups.Pop();
                    if (repeats && IsEndless(pattern, at + 1))
                        return true;
                    groups.Push(groups.Pop() || repeats);
                    break;
                default:
                    if (IsEndless(pattern, at))
                    {
                        groups.Pop();
                        groups.Push(true);
                    }
                    break;
            }
        return false;
    }

    private static bool IsEndless(string pattern, int at) =>
        at < pattern.Length && (pattern[at] is '+' or '*' || Regex.IsMatch(pattern[at..], @"^\{[0-9]+,\}"));
}
