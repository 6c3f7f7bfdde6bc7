// The macros of memory orders that some of Relacy's modes have.
#pragma once

#ifdef RELACY_ENABLE_MEMORY_ORDER_DEBUG_INFO_DEFAULTING
#define HEDDLE_ORDER_WITH_SITE(ORDER) ORDER, $
#define memory_order_seq_cst HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#else
#define HEDDLE_ORDER_WITH_SITE(ORDER) ORDER
#endif

#if defined(RL_FORCE_SEQ_CST)
#define memory_order_relaxed HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#define memory_order_consume HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#define memory_order_acquire HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#define memory_order_release HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#define memory_order_acq_rel HEDDLE_ORDER_WITH_SITE(mo_seq_cst)
#elif defined(RELACY_ENABLE_MEMORY_ORDER_DEBUG_INFO_DEFAULTING)
#define memory_order_relaxed HEDDLE_ORDER_WITH_SITE(mo_relaxed)
#define memory_order_consume HEDDLE_ORDER_WITH_SITE(mo_consume)
#define memory_order_acquire HEDDLE_ORDER_WITH_SITE(mo_acquire)
#define memory_order_release HEDDLE_ORDER_WITH_SITE(mo_release)
#define memory_order_acq_rel HEDDLE_ORDER_WITH_SITE(mo_acq_rel)
#endif
