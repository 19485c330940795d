namespace ProspectOps.Clay;

/// <summary>The settings of a column of kind HTTP API, in the order of Clay's form.</summary>
/// <param name="BodyTemplate">JSON; <c>{{column}}</c> stands for a cell and is not quoted.</param>
/// <param name="ReturnPaths">Fields of our answer to keep in the cell.</param>
/// <param name="RunCondition">Clay's "only run if".</param>
public sealed record ClayHttpColumn(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string BodyTemplate, IReadOnlyList<string> ReturnPaths, string RunCondition);
