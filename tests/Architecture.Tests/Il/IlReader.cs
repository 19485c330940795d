using System.Reflection;
using System.Reflection.Emit;

namespace ProspectOps.Architecture.Tests.Il;

/// <summary>Which members the body of a method names, in order.</summary>
internal static class IlReader
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<(OpCode Code, MemberInfo Member)> MembersIn(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            yield break;
        foreach (var (_, code, operand) in Instructions(il))
        {
            if (MemberOf(method, il, code, operand) is { } member)
                yield return (code, member);
        }
    }

    /// <summary>Whether a loop without a condition of its own, as <c>while (true)</c> makes, awaits something.</summary>
    public static bool AwaitsInEndlessLoop(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
            return false;
        var instructions = Instructions(il).ToArray();
        foreach (var (at, code, operand) in instructions)
        {
            // A loop with a condition jumps back by a conditional branch.
            int? target = code.Value switch
            {
                _ when code == OpCodes.Br || code == OpCodes.Leave => operand + 4 + BitConverter.ToInt32(il, operand),
                _ when code == OpCodes.Br_S || code == OpCodes.Leave_S => operand + 1 + (sbyte)il[operand],
                _ => null,
            };
            if (target < at && instructions.Any(one => one.At >= target && one.At < at && MemberOf(method, il, one.Code, one.Operand)?.Name == "GetAwaiter"))
                return true;
        }
        return false;
    }

    private static IEnumerable<(int At, OpCode Code, int Operand)> Instructions(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var start = at;
            short value = il[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | il[at++]);
            var code = OpCodesByValue[value];
            yield return (start, code, at);
            at += SizeOf(code, il, at);
        }
    }

    private static MemberInfo? MemberOf(MethodBase method, byte[] il, OpCode code, int operand) =>
        code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
            ? Resolve(method, BitConverter.ToInt32(il, operand))
            : null;

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(
                token,
                method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            // A signature that names no member.
            return null;
        }
    }

    private static int SizeOf(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
