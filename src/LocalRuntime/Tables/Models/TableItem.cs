namespace Azure.Data.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem
{
    /// <param name="name">The table's name.</param>
    public TableItem(string name) => Name = name;

    /// <summary>The table's name, in the case it was created with.</summary>
    public string Name { get; }
}
