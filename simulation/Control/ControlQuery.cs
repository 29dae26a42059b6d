using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Support.Simulation;

/// <summary>Numbers in a query string or a form of control.</summary>
internal static class ControlQuery
{
    public static long? Number(HttpContext context, string name) => Number(context.Request.Query[name].ToString(), name);

    public static long? Number(string text, string name)
    {
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refusal.BadRequest($"{name} must be a whole number");
    }

    public static long Required(HttpContext context, string name) =>
        Number(context, name) ?? throw Refusal.BadRequest($"{name} is missing");
}
