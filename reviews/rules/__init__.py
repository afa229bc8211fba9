"""The rules of evaluation and selection (R22–R27): plain values in, plain values out."""
