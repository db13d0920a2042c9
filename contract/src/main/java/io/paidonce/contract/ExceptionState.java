package io.paidonce.contract;

/** Whether somebody still has to decide. */
public enum ExceptionState {
  OPEN,
  RESOLVED
}
